"""Invented articles, and the ways in which publishers write their authors and dates."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An invented article and its notice; `authors` are pairs of family name and initials."""

    title: str
    authors: tuple[tuple[str, str], ...]
    journal: str
    short: str
    year: int
    volume: str
    issue: str
    first: str
    last: str
    doi: str
    notice_doi: str
    day: date
    other_title: str
    other_doi: str

    def parts(self) -> dict[str, str]:
        """Return every placeholder of a template with its text."""
        day, month = self.day, f"{self.day:%B}"
        return {
            "title": self.title,
            "journal": self.journal,
            "short": self.short,
            "year": str(self.year),
            "vol": self.volume,
            "issue": self.issue,
            "first": self.first,
            "pages": f"{self.first}\u2013{self.last}",
            "hyphen_pages": f"{self.first}-{self.last}",
            "doi": self.doi,
            "ndoi": self.notice_doi,
            "nyear": str(day.year),
            "nvol": str(int(self.volume) + day.year - self.year),
            "dmy": f"{day.day} {month} {day.year}",
            "ddmy": f"{day.day:02} {month} {day.year}",
            "mdy": f"{month} {day.day}, {day.year}",
            "pubmed": f"{day.year} {month[:3]} {day.day}",
            "iso": day.isoformat(),
            "vancouver": ", ".join(f"{family} {initials}" for family, initials in self.authors),
            "apa": ", & ".join(f"{family}, {'. '.join(initials)}." for family, initials in self.authors),
            "mdpi": "; ".join(f"{family}, {'.'.join(initials)}." for family, initials in self.authors),
            "initials": " and ".join(f"{'. '.join(initials)}. {family}" for family, initials in self.authors),
            "science": ", ".join(f"{'. '.join(initials)}. {family}" for family, initials in self.authors),
            "lead": self.authors[0][0],
            "other": self.other_title,
            "odoi": self.other_doi,
        }


WORKS = (
    Work(
        title="Dormancy of marsh newts under a warming sky",
        authors=(("Fenwick", "A"), ("Sedgeley", "BC")),
        journal="Journal of Pond Biology",
        short="J Pond Biol",
        year=2019,
        volume="12",
        issue="3",
        first="101",
        last="115",
        doi="10.5555/jpb.2019.0101",
        notice_doi="10.5555/jpb.2024.0777",
        day=date(2024, 5, 4),
        other_title="Hibernation of toads in heated gardens",
        other_doi="10.5555/toads.2014.33",
    ),
    Work(
        title="Reed extract slows the growth of pondweed cells: a controlled study",
        authors=(("Moorcroft", "D"), ("Rushton", "E"), ("Brook", "FG")),
        journal="Annals of Aquatic Weeds",
        short="Ann Aquat Weeds",
        year=2021,
        volume="7",
        issue="1",
        first="22",
        last="31",
        doi="10.5555/aaw-2021-7-22",
        notice_doi="10.5555/aaw-2023-9-140",
        day=date(2023, 11, 21),
        other_title="Growth of duckweed under lamp light",
        other_doi="10.5555/duck(18)00042-6",
    ),
    Work(
        title="Counting dragonflies with cheap cameras",
        authors=(("Heron", "K"), ("Marsh", "L")),
        journal="International Review of Odonates",
        short="Int Rev Odonates",
        year=2016,
        volume="40",
        issue="2",
        first="1",
        last="9",
        doi="10.5555/s40500-016-0042-7",
        notice_doi="10.5555/s40500-022-0311-1",
        day=date(2022, 2, 10),
        other_title="Cameras at the lake: a field guide",
        other_doi="10.5555/lake.b77.5",
    ),
)
