"""A file gets time and memory by its size and its pages, and no more than a cap, whatever it claims."""

from pathlib import Path

from watermark.runtime.isolation.limits import BYTES_PER_SECOND, MAX_SECONDS, SECONDS, limits_for, seconds_to_read


def test_a_small_file_gets_the_base_time_and_a_page_adds_to_it(tmp_path: Path) -> None:
    one, hundred = tmp_path / "one.pdf", tmp_path / "hundred.pdf"
    one.write_bytes(b"<</Type/Pages/Count 1>>")
    hundred.write_bytes(b"<</Type/Pages/Count 100>>")
    assert SECONDS <= limits_for([one]).seconds < limits_for([hundred]).seconds <= SECONDS + 30


def test_no_size_and_no_claimed_number_of_pages_passes_the_cap(tmp_path: Path) -> None:
    claims, large = tmp_path / "claims.pdf", tmp_path / "large.pdf"
    claims.write_bytes(b"/Count 99999 " * 3)
    with large.open("wb") as file:
        file.truncate(54 << 20)
    assert limits_for([claims]).seconds == MAX_SECONDS
    assert limits_for([large]).seconds <= MAX_SECONDS
    assert limits_for([claims, large] * 9).seconds == MAX_SECONDS


def test_a_number_that_is_cut_in_two_by_a_chunk_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b" " * ((1 << 20) - 9) + b"/Count 200 ")
    assert limits_for([path]).seconds >= SECONDS + 50


def test_the_time_that_is_given_replaces_the_cap(tmp_path: Path) -> None:
    assert limits_for([tmp_path / "none.pdf"], seconds=1000).seconds == 1000


def test_the_time_to_read_many_files_has_no_cap_and_holes_in_them_add_nothing(tmp_path: Path) -> None:
    with (tmp_path / "hole").open("wb") as file:
        file.truncate(1 << 40)
    assert seconds_to_read([tmp_path / "hole", tmp_path / "missing"]) < MAX_SECONDS + 1
    (tmp_path / "data").write_bytes(b"x" * (1 << 20))
    assert seconds_to_read([tmp_path / "data"] * 5000) == MAX_SECONDS + 5000 * (1 << 20) / BYTES_PER_SECOND
