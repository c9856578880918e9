"""Lines as they come out of PDFs and web pages: flattened, without colons, with other entries between."""

# ruff: noqa: E501, RUF001 - the lines stand as schools write them, with their dashes and in their length

import pytest

from casework.policy_documents import Block, DocumentText, read_policy

LINES = [
    (
        "Behaviour Policy Tillbrook Primary School Approved by: Local Governing Body Date: 14th March 2023 Last reviewed on: 14th March 2023 Next review due by: March 2024 Contents 1. Aims 2. Legislation",
        "2024-03",
        "2023-03-14",
    ),
    (
        "1 Tillbrook Infant School SEND Policy Responsible Person: SENDCo Date: September 2021 Review Date: September 2022 Introduction The school aims to",
        "2022-09",
        "2021-09",
    ),
    (
        "Policy Name Complaints Policy Policy Author Mrs B Oak Approved by Board Date of Approval 12/07/2022 Date of Next Review 12/07/2024 Version 2",
        "2024-07-12",
        "2022-07-12",
    ),
    (
        "Date of Policy: Autumn 2020 Date approved by governors: 1.12.20 Date of next review: Autumn 2023 Signed Chair",
        "2023-autumn",
        "2020-12-01",
    ),
    (
        "Reviewed Date: Sept 18 Next Review Date: Sept 19 Approved by Headteacher and Governors",
        "2019-09",
        "2018-09",
    ),
    (
        "Last Updated: June 2019 Review Date: June 2020 Owner: J Bell Ratified: 4 July 2019",
        "2020-06",
        "2019-06",
    ),
    (
        "This policy was approved by the Governing Body on 7th May 2024 and will be reviewed in May 2026.",
        "2026-05",
        "2024-05-07",
    ),
    (
        "Updated: September 2020. Governor approved: 8th October 2020. To be reviewed: September 2021 by Curriculum Committee",
        "2021-09",
        "2020-09",
    ),
    (
        "Policy to be reviewed Summer 2023 by Mrs Oak. Policy last reviewed Summer 2020.",
        "2023-summer",
        "2020-summer",
    ),
    (
        "Approved by Trustees – December 2022 Implemented – January 2023 Review – December 2024 ",
        "2024-12",
        "2022-12",
    ),
    ("APPROVED BY GOVERNORS  NOVEMBER 2015  DATE FOR REVIEW   NOVEMBER 2017", "2017-11", "2015-11"),
    ("Author: Mrs A Vale Date: 20.10.19 Review: 20.10.21", "2021-10-20", "2019-10-20"),
    ("Reviewed Spring 2019 (no changes) Review Spring 2021", "2021-spring", "2019-spring"),
    ("Agreed by Staff: 4.9.19 Agreed by Governors: 18.9.19 Review Date: Sept 20", "2020-09", "2019-09-18"),
    (
        "Head Teacher: ........... Chair of Governors: .............. Date: November 2018 Review date: November 2019",
        "2019-11",
        "2018-11",
    ),
    ("Date of issue 01/09/17 | Date of next review 01/09/18 | Status Statutory", "2018-09-01", "2017-09-01"),
    ("Accessibility Plan 2019-2022 Approved: March 2019 To be reviewed: March 2022", "2022-03", "2019-03"),
    ("Equality Objectives 2021 – 2025 (reviewed annually, next full review 2025)", "2025", None),
    ("E-Safety Policy – Updated Jan 2018 – Review Jan 2019 – Mrs Oak", "2019-01", "2018-01"),
    (
        "Policy reviewed by: Mrs Vale Date: 11/10/2018 Next review date: 11/10/2020",
        "2020-10-11",
        "2018-10-11",
    ),
    (
        "Written: Sept 2014 Updated: Sept 2015, Sept 2016, Sept 2017 Next Update: Sept 2018",
        "2018-09",
        "2017-09",
    ),
    (
        "This policy was ratified on ......15 June 2021...... and will be reviewed on......June 2023......",
        "2023-06",
        "2021-06-15",
    ),
    (
        "This policy was adopted at a meeting of Tillbrook Pre-school held on 12 September 2022. Date to be reviewed 12 September 2023. Signed on behalf of the management committee",
        "2023-09-12",
        "2022-09-12",
    ),
    ("Signed: A Vale Date: 5/5/22 Review date: 5/5/23", "2023-05-05", None),
    (
        "Date reviewed by Governing Body: 24 Jan 2017\nDate of next review: Jan 2019\nSigned: (Chair of Governors)",
        "2019-01",
        "2017-01-24",
    ),
    ("Next Review Due September 2024 – to be reviewed by FGB", "2024-09", None),
    ("Review: Annually – Next review September 2024", "2024-09", None),
    ("Reviewed annually - September 2023", "2024-09", "2023-09"),
    ("Annual review September 2024", "2024-09", None),
    ("Annual Review Date: October 2024", "2024-10", None),
    ("Review every 2 years: next March 2026", "2026-03", None),
    ("To be reviewed every three years, next review due Summer 2025", "2025-summer", None),
    ("Review by Governors: Autumn 2024", "2024-autumn", None),
    ("Governors' Review Date: Autumn 2024", "2024-autumn", None),
    ("Committee Review Date Autumn 2024", "2024-autumn", None),
    (
        "Statutory policy: Yes; Review cycle: Annual; Last review: 07/2023; Review due: 07/2024",
        "2024-07",
        "2023-07",
    ),
    ("Document reviewed 01/23; next 01/24", "2024-01", "2023-01"),
    (
        "Effective from 1 September 2022 until 31 August 2023. Review: summer term 2023",
        "2023-summer",
        "2022-09-01",
    ),
    ("Adopted by Governors Autumn 2021. Review Autumn 2024 (3 year cycle)", "2024-autumn", "2021-autumn"),
    ("V1.0 Sept 2022 – Created by SLT. Next review: Sept 2025", "2025-09", "2022-09"),
    ("Approved 12-Oct-2022 Review 12-Oct-2023", "2023-10-12", "2022-10-12"),
    ("Reviewed: 2022-09-12 Next: 2023-09-12", "2023-09-12", "2022-09-12"),
    ("LAST REVIEW:AUTUMN2023 NEXT REVIEW:AUTUMN2024", "2024-autumn", "2023-autumn"),
    ("Next review:Sept2024", "2024-09", None),
    ("Date of last policy review Jan 2022 Date of next policy review Jan 2024", "2024-01", "2022-01"),
    (
        "This Statement will be reviewed in the Autumn Term 2024 by the Headteacher and the Governing Board",
        "2024-autumn",
        None,
    ),
    ("The Headteacher will review this procedure in July 2025 and report to governors", "2025-07", None),
    ("Review of this policy is due in July 2025", "2025-07", None),
    ("This policy should be reviewed by July 2025 at the latest.", "2025-07", None),
    ("This policy must be reviewed before 1 September 2025", "2025-09-01", None),
    ("The date for the next review is March 2025", "2025-03", None),
    ("Our next review of this policy is planned for March 2025", "2025-03", None),
    ("Policy Due For Review: 03.25", "2025-03", None),
    ("Policy review date – Spring 2 2025", "2025-spring", None),
    ("Review term: Spring 2025", "2025-spring", None),
    ("Month of review: March 2025", "2025-03", None),
    ("Year of next review: 2026", "2026", None),
    ("Review year 2025", "2025", None),
    ("Reviewed Summer 2023 Mrs V. Next summer 2024", "2024-summer", "2023-summer"),
    ("Next planned review in school year: 2025/2026", "2025/26", None),
    ("To be reviewed in: 2025-2026", "2025/26", None),
    ("School Year 2024/25 – Policy reviewed in October 2024", None, "2024-10"),
    ("Date of review – 1st Sept '24", "2024-09-01", None),
    ("Reviewed on 1.9.23 and to be reviewed on or before 1.9.24", "2024-09-01", "2023-09-01"),
    ("Review date: w/c 14 October 2024", "2024-10-14", None),
    ("Next review date: Friday, 11 October 2024", "2024-10-11", None),
    ("Policy adopted 2019. Last reviewed 2022. Next review 2025.", "2025", "2022"),
    (
        "Prepared by: J Oak, June 2021. Approved by SLT: June 2021. Review date: two years from approval",
        "2023-06",
        "2021-06",
    ),
    ("Date of approval: 14 May 2020 (review in 3 years)", "2023-05-14", "2020-05-14"),
    ("Review period – 12 months; Approved – 4/3/24", "2025-03-04", "2024-03-04"),
    ("Biennial review. Last reviewed November 2022.", "2024-11", "2022-11"),
    ("Reviewed bi-annually. Date of last review: Feb 2023", "2025-02", "2023-02"),
    (
        "Mr A Oak (Headteacher) will review the policy on an annual basis. Policy updated March 2023",
        "2024-03",
        "2023-03",
    ),
    ("Policy agreed on: February 2023. Policy reviewed annually.", "2024-02", "2023-02"),
]


@pytest.mark.parametrize(("line", "next_review", "last_update"), LINES)
def test_the_dates_of_a_noisy_line_are_read(
    line: str, next_review: str | None, last_update: str | None
) -> None:
    blocks = tuple(Block(cells=(part,)) for part in line.split("\n"))
    facts = read_policy(DocumentText(name="policy.docx", blocks=blocks))
    found = (
        facts.next_review.value if facts.next_review else None,
        facts.last_update.value if facts.last_update else None,
    )
    assert found == (next_review, last_update)
