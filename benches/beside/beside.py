"""One invoice of 12 lines, made by rentbook, ReportLab, WeasyPrint and LibreOffice: CPU time, whole process and a page."""

import io
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

RENTBOOK = pathlib.Path(sys.argv[1]).resolve()
LINES = [("Cargo bike no. %d, long wheelbase" % n, "1", "%d.00" % (89 + n)) for n in range(12)]
HEAD = ["Harbour Cycles & Tools", "14 Quay Street, Galway", "Invoice 2025-0042", "Zoë Müller-Straße, Łukasz Żółć"]


def spent(who):
    used = resource.getrusage(who)
    return (used.ru_utime + used.ru_stime) * 1000


def process(words, **more):
    """CPU time of a child and its children, in ms."""
    before = spent(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    return spent(resource.RUSAGE_CHILDREN) - before


def median(times):
    return sorted(times)[len(times) // 2]


def inside(make, rounds):
    """CPU time of a call in this process, warm, in ms."""
    make()
    times = []
    for _ in range(rounds):
        before = spent(resource.RUSAGE_SELF)
        for _ in range(5):
            make()
        times.append((spent(resource.RUSAGE_SELF) - before) / 5)
    return median(times)


def rentbook(folder):
    book = ["--book", str(folder / "shop.db"), "--today", "2026-03-02"]
    run = lambda *words: process([str(RENTBOOK), *book, *words])
    run("init", "--name", HEAD[0], "--currency", "EUR", "--country", "IE", "--tax-rate", "23", "--iban", "IE29AIBK93115212345678")
    run("customer", "add", "--first", "Zoë", "--last", "Müller-Straße")
    lines = [part for text, count, price in LINES for part in ("--line", ";".join((text, count, price)))]
    for _ in range(1000):
        run("invoice", "new", "--customer", "1", *lines)
    one = median([run("invoice", "pdf", "2026-0001", str(folder / "one.pdf"), "--force") for _ in range(9)])
    batch = run("invoice", "pdf", "--all", str(folder / "many")) / 1000
    assert len(list((folder / "many").glob("*.pdf"))) == 1000
    return one, batch, folder / "one.pdf"


def reportlab(path):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Noto", "assets/fonts/NotoSans-Regular.ttf"))
    style = getSampleStyleSheet()["Normal"]
    style.fontName = "Noto"

    def make():
        out = io.BytesIO()
        rows = [["Description", "Qty", "Amount"], *[list(line) for line in LINES]]
        story = [Paragraph(text.replace("&", "&amp;"), style) for text in HEAD]
        story.append(Table(rows, style=[("FONTNAME", (0, 0), (-1, -1), "Noto")]))
        SimpleDocTemplate(out, pagesize=A4).build(story)
        path.write_bytes(out.getvalue())

    return make


def html():
    rows = "".join("<tr><td>%s<td>%s<td>%s" % line for line in LINES)
    head = "".join("<p>%s" % text.replace("&", "&amp;") for text in HEAD)
    return "<meta charset=utf-8><style>body{font-family:'Noto Sans'}td{padding:4px}</style>%s<table>%s</table>" % (head, rows)


def weasyprint(path):
    from weasyprint import HTML

    return lambda: path.write_bytes(HTML(string=html()).write_pdf())


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="beside-"))
    one, batch, paper = rentbook(folder)
    page = folder / "invoice.html"
    page.write_text(html())
    office = ["soffice", "--headless", "-env:UserInstallation=file://%s/office" % folder, "--convert-to", "pdf:writer_web_pdf_Export"]
    process([*office, "--outdir", str(folder / "warm"), str(page)])
    office_one = median([process([*office, "--outdir", str(folder / "office"), str(page)]) for _ in range(3)])
    many = [folder / ("page%d.html" % n) for n in range(50)]
    for copy in many:
        copy.write_text(html())
    office_many = process([*office, "--outdir", str(folder / "offices"), *map(str, many)]) / len(many)
    figures = [
        ("rentbook, a process", one, paper.stat().st_size),
        ("rentbook, 1,000 into a folder, each", batch, paper.stat().st_size),
        ("ReportLab, in a warm process", inside(reportlab(folder / "r.pdf"), 9), 0),
        ("WeasyPrint, in a warm process", inside(weasyprint(folder / "w.pdf"), 9), 0),
        ("LibreOffice, a process", office_one, (folder / "office/invoice.pdf").stat().st_size),
        ("LibreOffice, 50 in a process, each", office_many, 0),
    ]
    sizes = {"ReportLab, in a warm process": "r.pdf", "WeasyPrint, in a warm process": "w.pdf"}
    for name, ms, size in figures:
        size = (folder / sizes[name]).stat().st_size if name in sizes else size
        print("| %s | %.1f ms | %.1f | %s |" % (name, ms, ms / batch, "%d KB" % (size // 1000) if size else ""))


if __name__ == "__main__":
    os.chdir(pathlib.Path(__file__).resolve().parent.parent.parent)
    main()
