"""Where pictures come from: catalog, formats, download, splits."""
