"""The two lists that people see, as data: columns, choices, and who owns each column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.actions import Action, HostAnswer, SkipReason, YesNo
from casework.assessment import Audience, Author, Opinion
from casework.cases import Decision, Relation, Stage, TalkOutcome, Target
from casework.letter_columns import ON_REQUEST
from casework.policy_register import PolicyStatus
from casework.still_up import PostState


class ColumnKind(StrEnum):
    """What a column holds.

    Links and people are text: Graph cannot write hyperlink columns, and person columns need lookups.
    """

    TEXT = "text"
    LONG_TEXT = "several lines of text"
    CHOICE = "choice"
    CHOICES = "several choices"
    DATE = "date"
    MOMENT = "date and time"
    YES_NO = "yes or no"


class ColumnOwner(StrEnum):
    CASEWORK = "Casework"
    STAFF = "staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        name: the internal name; stable, since schools build views and reports on it.
        display_name: what people see as its heading; they may change it.
        unique: no two rows hold the same value; needs an index.
    """

    name: str
    kind: ColumnKind
    owner: ColumnOwner
    display_name: str
    choices: tuple[str, ...] = ()
    unique: bool = False
    indexed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ListDefinition:
    name: str
    description: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def owned_by(self, owner: ColumnOwner) -> tuple[str, ...]:
        """The internal names of the columns that this owner sets."""
        return tuple(column.name for column in self.columns if column.owner is owner)


CATEGORIES = (
    "allegation or cyber-bullying",
    "allegation about staff",
    "allegation about a pupil",
    "cyber-bullying",
    "complaint in public",
    "defamatory statement",
    "inaccurate or offensive comment",
    "protected characteristic",
    "threat of violence",
    "other",
)
"""What the school's policy calls inappropriate, in short words; its list is open, hence "other"."""

TONES = ("inaccurate", "negative", "offensive")
"""How the policy speaks of views that are put online; one post may be several, or none."""

CHARACTERISTICS = (
    "age",
    "disability",
    "gender reassignment",
    "marriage or civil partnership",
    "pregnancy or maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)
"""The protected characteristics (Equality Act 2010, section 4)."""


def _casework(
    name: str, kind: ColumnKind, display_name: str, *, choices: tuple[str, ...] = (), indexed: bool = False
) -> Column:
    return Column(
        name=name,
        kind=kind,
        owner=ColumnOwner.CASEWORK,
        display_name=display_name,
        choices=choices,
        indexed=indexed,
    )


def _staff(name: str, kind: ColumnKind, display_name: str, *, choices: tuple[str, ...] = ()) -> Column:
    return Column(name=name, kind=kind, owner=ColumnOwner.STAFF, display_name=display_name, choices=choices)


def _words(enumeration: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in enumeration)


def _opinion(name: str, display_name: str) -> Column:
    return _staff(name, ColumnKind.CHOICE, display_name, choices=_words(Opinion))


_ASSESSMENT = (
    _opinion("RightPlace", "1. An appropriate place to raise it"),
    _opinion("PrivateBetter", "2. A private discussion would be better"),
    _opinion("HarmsPeople", "3. May harm staff or pupils"),
    _opinion("HarmsReputation", "4a. Affects the school's reputation"),
    _opinion("HarmsOtherwise", "4b. Does other harm"),
    _opinion("HarmsLearning", "4c. Affects pupils' learning"),
    _staff("Assessed", ColumnKind.YES_NO, "Assessed"),
    _staff("OtherCategory", ColumnKind.LONG_TEXT, "Other, namely"),
    _staff("Tone", ColumnKind.CHOICES, "Tone", choices=TONES),
    _staff("NamesIndividual", ColumnKind.YES_NO, "Names somebody"),
    _staff("Abusive", ColumnKind.YES_NO, "Abusive"),
    _opinion("SpecificPerson", "About a specific person"),
    _opinion("Knowingly", "Posted knowingly"),
    _staff("KnowinglyWhy", ColumnKind.LONG_TEXT, "Knowingly: how do we know"),
    _staff("Audience", ColumnKind.CHOICE, "Who could read it", choices=_words(Audience)),
    _staff("PostedBy", ColumnKind.CHOICE, "Posted by", choices=_words(Author)),
    _staff("GroupName", ColumnKind.TEXT, "Group"),
    _staff("PostedOn", ColumnKind.DATE, "Posted on"),
    _staff("LinkedComplaint", ColumnKind.TEXT, "Complaint on the same matter"),
    _staff("ComplaintOpen", ColumnKind.YES_NO, "Complaint is open"),
)
"""What staff make of the post: the policy's four considerations, and the conditions of its categories."""

_LETTERS = (
    _staff("LettersWanted", ColumnKind.CHOICES, "Letters and papers wanted", choices=tuple(ON_REQUEST)),
    _staff("LetterOverride", ColumnKind.LONG_TEXT, "Send in spite of a fault, because"),
    _staff("BlockSite", ColumnKind.TEXT, "Block: which site or forum"),
    _staff("BlockFrom", ColumnKind.DATE, "Block: from"),
    _staff("BlockReview", ColumnKind.DATE, "Block: to be reviewed on"),
    _staff("BlockReasons", ColumnKind.LONG_TEXT, "Block: reasons"),
)
"""What staff say about letters beyond those that the procedure asks for."""

_STEPS = (
    _staff("SkipReason", ColumnKind.CHOICE, "No conversation first, because", choices=_words(SkipReason)),
    _staff("SkipNote", ColumnKind.LONG_TEXT, "No conversation first: note"),
    _opinion("ChannelsOffered", "Other ways to raise it were offered"),
    _staff("TargetAddress", ColumnKind.TEXT, "Member of staff it is about (address)"),
    _staff("SecondParent", ColumnKind.TEXT, "Second parent"),
    _staff("SecondParentEmail", ColumnKind.TEXT, "Second parent's e-mail address"),
    _staff("SecondParentAddress", ColumnKind.LONG_TEXT, "Second parent's postal address"),
    _staff("MayBeCrime", ColumnKind.YES_NO, "May be a crime, such as harassment"),
    _staff("GrosslyObscene", ColumnKind.YES_NO, "Grossly obscene"),
    _staff("SchoolPlace", ColumnKind.YES_NO, "On the school's own site, page or group"),
    _opinion("ChildHarmed", "May a child have been harmed by staff"),
    _staff("LadoToldOn", ColumnKind.DATE, "Local authority's officer (LADO) told on"),
    _staff("SupportGiven", ColumnKind.LONG_TEXT, "Support given, or why none is needed"),
    _staff("ComplaintOn", ColumnKind.DATE, "Complaint taken up on"),
    _staff("ComplaintAnsweredOn", ColumnKind.DATE, "Complaint answered on"),
    _staff("LegalAdviceSaid", ColumnKind.LONG_TEXT, "Legal advice: what was said"),
    _staff("PoliceToldOn", ColumnKind.DATE, "Police told on"),
    _staff("PoliceReference", ColumnKind.TEXT, "Police reference"),
    _staff("HostToldOn", ColumnKind.DATE, "Host asked to remove on"),
    _staff("HostAnswer", ColumnKind.CHOICE, "Host's answer", choices=_words(HostAnswer)),
    _staff("OperatorToldOn", ColumnKind.DATE, "Notice to the website's operator sent on"),
    _staff("NewProcedure", ColumnKind.YES_NO, "Go on by the newest procedure"),
    _staff("WaitingFor", ColumnKind.TEXT, "Waiting for (the clock stands still)"),
    *(
        column
        for action in Action
        for column in (
            _staff(
                f"{action.column}Decision",
                ColumnKind.CHOICE,
                f"({action.letter}) {action.value.capitalize()}: decision",
                choices=_words(YesNo),
            ),
            _staff(
                f"{action.column}Why",
                ColumnKind.LONG_TEXT,
                f"({action.letter}) {action.value.capitalize()}: why",
            ),
        )
    ),
)
"""What staff say about the policy's steps: each action is decided with yes or no and a reason."""

CASES_LIST = ListDefinition(
    name="Cases",
    description="One row for each matter that was reported. Casework keeps it; staff fill in their columns.",
    columns=(
        _casework("Title", ColumnKind.TEXT, "Title"),
        Column(
            name="Reference",
            kind=ColumnKind.TEXT,
            owner=ColumnOwner.CASEWORK,
            display_name="Reference",
            unique=True,
            indexed=True,
        ),
        _casework("Stage", ColumnKind.CHOICE, "Stage", choices=_words(Stage), indexed=True),
        _casework("NextStep", ColumnKind.TEXT, "Next step"),
        _casework("Due", ColumnKind.DATE, "Due", indexed=True),
        _casework("ReportedAt", ColumnKind.MOMENT, "Reported at"),
        _casework("ReporterLabel", ColumnKind.TEXT, "Reporter"),
        _casework("Platform", ColumnKind.TEXT, "Platform"),
        _casework("Link", ColumnKind.LONG_TEXT, "Link"),
        _casework("Handle", ColumnKind.TEXT, "Account that posted"),
        _casework("PostedAt", ColumnKind.TEXT, "Posted at, as told"),
        _casework("PostSeen", ColumnKind.TEXT, "Post last seen"),
        _casework("EvidenceFolder", ColumnKind.LONG_TEXT, "Evidence folder"),
        _casework("Letters", ColumnKind.LONG_TEXT, "Letters"),
        _casework("Suggestions", ColumnKind.LONG_TEXT, "Suggestions"),
        _casework("ClosedAt", ColumnKind.MOMENT, "Closed at"),
        _casework("CaseworkSays", ColumnKind.LONG_TEXT, "Casework says"),
        _staff("Parent", ColumnKind.TEXT, "Parent"),
        _staff("ParentEmail", ColumnKind.TEXT, "Parent's e-mail address"),
        _staff("ParentAddress", ColumnKind.LONG_TEXT, "Parent's postal address"),
        _staff("Relation", ColumnKind.CHOICE, "Relation", choices=_words(Relation)),
        _staff("Child", ColumnKind.TEXT, "Child"),
        _staff("Target", ColumnKind.CHOICE, "Who it is about", choices=_words(Target)),
        _staff("Categories", ColumnKind.CHOICES, "Categories", choices=CATEGORIES),
        _staff("Characteristics", ColumnKind.CHOICES, "Protected characteristics", choices=CHARACTERISTICS),
        _staff("TalkedOn", ColumnKind.DATE, "Talked on"),
        _staff("TalkOutcome", ColumnKind.CHOICE, "Outcome of the talk", choices=_words(TalkOutcome)),
        _staff("Continues", ColumnKind.YES_NO, "The posting continues"),
        _staff("Decision", ColumnKind.CHOICE, "Decision", choices=_words(Decision)),
        _staff("DecisionNote", ColumnKind.LONG_TEXT, "Note to the decision"),
        _staff("Handler", ColumnKind.TEXT, "Handler"),
        _staff("ServedOn", ColumnKind.DATE, "Letter served on"),
        _staff("StillUp", ColumnKind.CHOICE, "Is the post still up", choices=_words(PostState)),
        _staff("StillUpOn", ColumnKind.DATE, "Looked on"),
        _staff("EvidenceLock", ColumnKind.LONG_TEXT, "Evidence locked because"),
        _staff("Withhold", ColumnKind.LONG_TEXT, "Names to withhold in copies"),
        _staff("Outcome", ColumnKind.LONG_TEXT, "Outcome"),
        _staff("Notes", ColumnKind.LONG_TEXT, "Notes"),
        _staff("PolicyLesson", ColumnKind.LONG_TEXT, "What it shows about a policy"),
        _casework("LooksLike", ColumnKind.LONG_TEXT, "Perhaps the same post as"),
        _staff("LinkedCases", ColumnKind.LONG_TEXT, "Linked cases"),
        _casework("EarlierCases", ColumnKind.LONG_TEXT, "Earlier cases of this parent"),
        _casework("LastOutcome", ColumnKind.LONG_TEXT, "Outcome before it was reopened"),
        _casework("ClosedBy", ColumnKind.TEXT, "Closed by"),
        _staff("ReporterProtected", ColumnKind.YES_NO, "Reporter is not to be named"),
        *_ASSESSMENT,
        *_LETTERS,
        *_STEPS,
        _casework("Options", ColumnKind.LONG_TEXT, "What the policy lets the school consider"),
        _casework("Duties", ColumnKind.LONG_TEXT, "Other duties and their days"),
        _casework("Waited", ColumnKind.LONG_TEXT, "Waited for others"),
        _casework("ProcedureUsed", ColumnKind.TEXT, "Procedure"),
    ),
)

POLICIES_LIST = ListDefinition(
    name="Policies",
    description="The school's policy documents and when each must be reviewed, as read from their own text.",
    columns=(
        _casework("Title", ColumnKind.TEXT, "Title"),
        _casework("Document", ColumnKind.TEXT, "Document", indexed=True),
        _casework("Owner", ColumnKind.TEXT, "Owner"),
        _casework("LastUpdate", ColumnKind.TEXT, "Last update"),
        _casework("NextReview", ColumnKind.DATE, "Next review by", indexed=True),
        _casework("NextReviewText", ColumnKind.TEXT, "Next review as written"),
        _casework("Precision", ColumnKind.TEXT, "Written as a"),
        _casework("Status", ColumnKind.CHOICE, "Status", choices=_words(PolicyStatus), indexed=True),
        _casework("Findings", ColumnKind.LONG_TEXT, "Findings"),
        _casework("Cycle", ColumnKind.TEXT, "Review cycle"),
        _casework("StatutoryBasis", ColumnKind.TEXT, "Statutory list says"),
        _staff("OwnerOverride", ColumnKind.TEXT, "Owner, if another"),
        _staff("PublishedAt", ColumnKind.TEXT, "Published at"),
        _staff("PublishedCheckedOn", ColumnKind.DATE, "Published copy checked on"),
        _staff("Statutory", ColumnKind.YES_NO, "Statutory"),
        _staff("Retired", ColumnKind.YES_NO, "Retired"),
        _staff("Notes", ColumnKind.LONG_TEXT, "Notes"),
    ),
)
