"""Schools write many dates that are no review of the policy; those are left alone, and none is invented."""

import pytest

from casework.policy_documents import Block, DocumentText, PolicyFacts, read_policy

OTHER_DATES = [
    "Keeping Children Safe in Education, DfE, September 2023",
    "This policy has regard to the Equality Act 2010 and the SEND Code of Practice (January 2015)",
    "Working Together to Safeguard Children (updated December 2023)",
    "Guidance last updated 1 September 2022",
    "Page last updated: 3 March 2024",
    "This page was last reviewed on 4 May 2023",
    "Website last updated 12/05/2023",
    "Copyright 2023 Tillbrook School. All rights reserved",
    "Next meeting of the governing body: 12 October 2024",
    "Date of next meeting: 4th July 2024",
    "Public liability insurance expires 31 March 2025",
    "Insurance renewal date: 1st April 2025",
    "First aid certificate expiry date: 12/06/2025",
    "Mrs Vale - Paediatric First Aid - renewal due May 2026",
    "DSL training: due for renewal September 2025",
    "Safeguarding training was last updated in September 2023",
    "Staff safeguarding training: last updated September 2023, next due September 2025",
    "Pupils' individual healthcare plans are reviewed annually; next review September 2025.",
    "DBS certificates are renewed every three years",
    "Fire extinguishers were last inspected in May 2023; next inspection due May 2024",
    "PAT testing next due: August 2025",
    "The pupil's care plan will be reviewed in September 2024",
    "EHCP annual review date: 12 March 2025",
    "Pupil targets are reviewed termly and next updated in Spring 2025",
    "Date of birth: 12/03/2015",
    "Signed: ______ (Headteacher) Date: 12/09/2023",
    "Term of office ends 31 August 2026",
    "Chair of Governors: appointed September 2022, term ends September 2026",
    "Autumn Term 2024: Monday 2 September to Friday 20 December",
    "INSET day: 2nd September 2024",
    "Ofsted inspected the school in March 2022 and found it Good",
    "Contract review date: 31 July 2025",
    "The contract with the caterer will be reviewed in July 2025",
    "Version 2.1",
    "v3.2 09/23",
    "Telephone 01952 123456 ext 2024",
    "In September 2023 the school introduced a new reward system",
    "Children start school in the September after their fourth birthday, e.g. September 2025",
    "Admission number for 2025/26 is 60",
    "Applications must be received by 15 January 2025",
    "The policy is reviewed annually by the governors",
    "This policy will be reviewed regularly and amended as necessary",
    "We review this policy every two years",
    "Policy reviewed annually or in light of new legislation",
    "Uniform prices were reviewed in June 2023",
    "The curriculum was introduced in 2014",
    "The school opened in September 1968",
    "Data is retained until 31 August 2030",
    "Records are kept for 6 years from the date of the last entry, 2019",
    "Performance management reviews take place by 31 October 2024",
    "Salary review date: 1 September 2024",
    "Risk assessment review date: 12 January 2025",
    "SEND register last updated January 2024",
    "The Data Protection Act 2018 came into force on 25 May 2018",
    "Prevent Duty Guidance: England and Wales (revised 2021)",
    "Teachers' Standards (2011, updated 2021)",
    "Behaviour in schools: advice for headteachers, September 2022",
    "© Crown copyright, published July 2023",
    "Appendix 3: letter to parents, May 2021",
    "School Development Plan 2023-2026",
    "Headteacher: Mrs A Vale   Tel: 01632 960123",
    "Minutes of the meeting held on 12 September 2023 were agreed",
    "Library books must be renewed by 12 May 2025",
    "Your passport must be valid until July 2026",
    "The asthma inhaler expires 06/2025",
    "Medication review date: 06/2025",
    "The photo consent form is renewed every year in September",
    "Boiler service due: 11/2025",
    "Last fire drill: 12/10/2023. Next drill due: January 2024",
    "Consultation closes on 31 January 2025",
    "Minibus MOT due 03/2025",
    "Free school meals census: October 2024",
    "Catch-up funding will be reviewed in July 2024",
    "Governors' training log: Safer Recruitment, completed 12/2021, renewal 12/2026",
    "Updated guidance is expected in September 2025",
    "RE syllabus 2022-2027",
    "This policy replaces the earlier policy of October 1st 2015",
    "The law was later revised in 2002. These were revised in January 2003 and came into force in September 2004",
]
NOT_YET_A_DATE = [
    "Next Review: Spring 2",
    "Next review: September",
    "Next review: TBC",
    "Next review date: ______",
    "Next review: As required",
    "Next review: September 20XX",
    "Date for next review: dd/mm/yyyy",
    "Review date: ",
]


def read(line: str) -> PolicyFacts:
    return read_policy(DocumentText(name="policy.docx", blocks=(Block(cells=(line,)),)))


@pytest.mark.parametrize("line", OTHER_DATES)
def test_it_is_neither_a_review_nor_an_update(line: str) -> None:
    facts = read(line)
    assert facts.next_review is None
    assert facts.last_update is None


@pytest.mark.parametrize("line", OTHER_DATES)
def test_it_does_not_disturb_the_policy_s_own_dates(line: str) -> None:
    own = ("Behaviour Policy", "Last reviewed: May 2025", "Aims", line, "Our rules", "Next review: May 2027")
    facts = read_policy(DocumentText(name="policy.docx", blocks=tuple(Block(cells=(text,)) for text in own)))
    assert facts.next_review is not None
    assert facts.last_update is not None
    assert (facts.last_update.value, facts.next_review.value) == ("2025-05", "2027-05")


@pytest.mark.parametrize("line", NOT_YET_A_DATE)
def test_words_without_a_year_stay_words(line: str) -> None:
    facts = read(line)
    assert facts.next_review is None or facts.next_review.value is None
    assert facts.findings
