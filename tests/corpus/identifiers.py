"""The DOI that each article of the shared corpus gives itself, read by eye from its pages; "" where it has none.

Where a file's name has another number than its page, the page counts. Two DOIs are on the last page
only: those of `biomedcentral-2010` and `bmc-health-2014`. The two `wtpdf` files are one text, made in two ways.
"""

SHORT_TITLES = frozenset(
    {
        "springer-emse-2020-a2b-invalid.pdf",
        "wtpdf-stem-article-2col-af-a4f.pdf",
        "wtpdf-stem-article-2col-se-a4.pdf",
    }
)
"""Articles whose titles are too short to be one article's alone."""

OWN_DOIS = {
    "acm-icse-2024.pdf": "10.1145/3597503.3639130",
    "acm-splc-2024.pdf": "10.1145/3646548.3672587",
    "biomedcentral-2010.pdf": "10.1186/1752-2897-4-1",
    "bmc-health-2014-rotated-page.pdf": "10.1186/1472-6963-14-1",
    "cermine-slides.pdf": "",
    "clinsci-2014.pdf": "10.1042/cs20130403",
    "hindawi-2010.pdf": "10.1155/2010/157939",
    "jose-00013.pdf": "10.21105/jose.00013",
    "jose-00034.pdf": "10.21105/jose.00034",
    "jose-00059.pdf": "10.21105/jose.00059",
    "jose-00090-a3b.pdf": "10.21105/jose.00090",
    "jose-00102.pdf": "10.21105/jose.00102",
    "jose-00138.pdf": "10.21105/jose.00138",
    "jose-00161.pdf": "10.21105/jose.00161",
    "jose-00180-a3b-invalid.pdf": "10.21105/jose.00180",
    "jose-00184-a3b.pdf": "10.21105/jose.00184",
    "jose-00197-a3b.pdf": "10.21105/jose.00197",
    "jose-00206-a3b-invalid.pdf": "10.21105/jose.00206",
    "jose-00209-a3b.pdf": "10.21105/jose.00209",
    "jose-00240-a3b.pdf": "10.21105/jose.00240",
    "jose-00252-a3b.pdf": "10.21105/jose.00252",
    "jose-00261-a3b.pdf": "10.21105/jose.00261",
    "jose-00279-a3b.pdf": "10.21105/jose.00279",
    "jose-00286-a3b-invalid.pdf": "10.21105/jose.00286",
    "jose-00300-a3b.pdf": "10.21105/jose.00300",
    "peerj-1120.pdf": "10.7717/peerj.1120",
    "peerj-cs-118-rotated-page.pdf": "10.7717/peerj-cs.118",
    "peerj-cs-213.pdf": "10.7717/peerj-cs.213",
    "plosbiol-pbio.1000441.pdf": "10.1371/journal.pbio.1000441",
    "plosbiol-pbio.1000442.pdf": "10.1371/journal.pbio.1000442",
    "plosone-2014.pdf": "10.1371/journal.pone.0107412",
    "rescience-3162114.pdf": "10.5281/zenodo.3162114",
    "rescience-3538217.pdf": "10.5281/zenodo.3538217",
    "rescience-3885793.pdf": "10.5281/zenodo.3885793",
    "rescience-3889694.pdf": "10.5281/zenodo.3889694",
    "rescience-3943750.pdf": "10.5281/zenodo.3956058",
    "rescience-416801.pdf": "10.5281/zenodo.3545905",
    "rescience-4242943.pdf": "10.5281/zenodo.4242943",
    "rescience-4646680.pdf": "10.5281/zenodo.4646680",
    "rescience-5347786.pdf": "10.5281/zenodo.5347786",
    "springer-emse-2020-a2b-invalid.pdf": "10.1007/s10664-020-09875-y",
    "springer-emse-2023-a2b-invalid.pdf": "10.1007/s10664-023-10367-y",
    "wiley-spe-2022.pdf": "10.1002/spe.3169",
    "wtpdf-stem-article-2col-af-a4f.pdf": "",
    "wtpdf-stem-article-2col-se-a4.pdf": "",
}
