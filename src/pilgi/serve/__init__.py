"""The HTTP API, the store of what people write, the built page; a training is a child process.

listening.py  where it listens                   running.py   from settings to the end
settings.py  what a server was asked to be        services.py  what its routes share
app.py       the application                      safety.py    who may ask for what
routes/      a file each                          problems.py  errors as HTTP has them
samples/     what people wrote, in SQLite         training.py  child processes and their events
runs.py      runs as folders                      picture_worker.py  decodes what is uploaded
"""
