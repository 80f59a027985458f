"""A local web server over the questions of `Study`: the page, a documented JSON API, downloads, checks of purchases."""
