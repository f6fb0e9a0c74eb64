"""The methods of adaptation, name -> Entry: nothing else registers any."""

from collections.abc import Mapping
from typing import Final

from pilgi.learn.adapt.bn import adapt_norms
from pilgi.learn.adapt.dann import confuse_domains
from pilgi.learn.adapt.entry import Entry
from pilgi.learn.adapt.few_labels import tune_all, tune_head
from pilgi.learn.adapt.shot import maximise_information
from pilgi.learn.adapt.tent import minimise_entropy

METHODS: Final[Mapping[str, Entry]] = {
    "bn": Entry(
        apply=adapt_norms,
        labels=False,
        source="unused",
        summary={
            "en": "Takes batch norm's means and variances anew from the target; learns nothing.",
            "ko": "배치 정규화의 평균과 분산만 새 데이터에서 다시 잽니다. 학습은 하지 않습니다.",
        },
        when={
            "en": "In a second, where contrast or stroke width differ and shapes do not.",
            "ko": "글자 모양은 같고 명암이나 획 굵기만 다를 때 1초 만에 씁니다.",
        },
        formula="y = gamma (x - mu_t) / sqrt(var_t + e) + beta, mu_t and var_t of the target",
        reference="Li, Wang, Shi, Liu and Hou 2017, ICLR workshop, arXiv:1603.04779 (AdaBN)",
    ),
    "tent": Entry(
        apply=minimise_entropy,
        labels=False,
        source="unused",
        summary={
            "en": "Makes answers surer by the scales and shifts of batch norm alone.",
            "ko": "배치 정규화의 배율과 이동만 바꾸어 답을 더 확신하게 합니다.",
        },
        when={
            "en": "Where little differs and there is little time; it cannot mend what is surely "
            "wrong.",
            "ko": "차이가 작고 시간이 없을 때 씁니다. 확신하며 틀리는 것은 고치지 못합니다.",
        },
        formula="L = mean H(p(x)) over gamma, beta; H(p) = -sum p log p",
        reference="Wang, Shelhamer, Liu, Olshausen and Darrell 2021, ICLR, arXiv:2006.10726 (TENT)",
    ),
    "shot": Entry(
        apply=maximise_information,
        labels=False,
        source="useful",
        summary={
            "en": "Learns from its own sure answers, each class its share, seen through strong "
            "augmentation.",
            "ko": "클래스마다 제 몫을 지키면서, 스스로 확신하는 답을 강하게 변형한 그림으로 다시 "
            "배웁니다.",
        },
        when={
            "en": "Without labels, when shapes differ; with some labels it learns from these too.",
            "ko": "정답 없이 글자 모양까지 다를 때 씁니다. 정답이 조금 있으면 그것도 배웁니다.",
        },
        formula="L = mean H(p(x)) + KL(mean p || r) + CE(p(strong x), argmax p~(weak x))",
        reference="Liang, Hu and Feng 2020, ICML, arXiv:2002.08546 (SHOT); Sohn et al. 2020, "
        "arXiv:2001.07685 (FixMatch)",
    ),
    "dann": Entry(
        apply=confuse_domains,
        labels=False,
        source="needed",
        summary={
            "en": "Learns features by which a second net cannot tell the target from the source.",
            "ko": "두 번째 신경망이 새 데이터와 옛 데이터를 구별하지 못하는 특징을 배웁니다.",
        },
        when={
            "en": "To study domain adversarial training; on sheets, where both were tried, shot "
            "gains more.",
            "ko": "도메인 적대 학습을 공부할 때 씁니다. 둘 다 재 본 sheets에서는 shot이 더 "
            "낫습니다.",
        },
        formula="L = CE(y(f(x_s)), y_s) + CE(d(R(f(x))), domain), dR/df = -lambda",
        reference="Ganin et al. 2016, JMLR 17, arXiv:1505.07818 (DANN)",
    ),
    "head": Entry(
        apply=tune_head,
        labels=True,
        source="useful",
        summary={
            "en": "Fine-tunes the last layer on the labelled pictures.",
            "ko": "정답이 있는 그림으로 마지막 층만 더 학습합니다.",
        },
        when={
            "en": "With a handful of labels and nothing new in the shapes.",
            "ko": "정답이 몇 개뿐이고 글자 모양이 낯설지 않을 때 씁니다.",
        },
        formula="L = CE(p(x), y) + CE(p(x_s), y_s) + a/2 ||w - w_0||^2, w of the last layer",
        reference="Yosinski, Clune, Bengio and Lipson 2014, NeurIPS, arXiv:1411.1792",
    ),
    "all": Entry(
        apply=tune_all,
        labels=True,
        source="useful",
        summary={
            "en": "Fine-tunes every weight on the labelled pictures, pulled towards where it was.",
            "ko": "모든 가중치를 정답이 있는 그림으로 더 학습하되, 원래 값 쪽으로 당깁니다.",
        },
        when={
            "en": "From some ten labels a class upwards.",
            "ko": "클래스마다 정답이 열 개쯤은 있을 때부터 씁니다.",
        },
        formula="L = CE(p(x), y) + CE(p(x_s), y_s) + a/2 ||w - w_0||^2",
        reference="Li, Grandvalet and Davoine 2018, ICML, arXiv:1802.01483 (L2-SP)",
    ),
}
