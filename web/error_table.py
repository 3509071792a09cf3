"""The one table from error to answer: which status, which machine-readable kind.

`voting` and `ballots` name no status; here every class of theirs has a row (a test walks them all).
"""

from typing import NamedTuple

from ballots import errors as ballots
from voting import (
    actors,
    announcing,
    attending,
    candidates,
    cards,
    casting,
    cycle,
    drafting,
    exercises,
    liaisons,
    links,
    merging,
    messages,
    photos,
    publishing,
    receptions,
    reconciling,
    redrafting,
    retesting,
    sealing,
    sheets,
    showing,
    signing,
)
from voting import errors as voting
from voting.accounts import (
    accepting,
    invitations,
    logging_in,
    logins,
    members,
    own,
    passwords,
    second_steps,
)
from voting.checking_in import refusals as checking_in_refusals
from voting.collecting import addressing, calling, codes, cosigning, entry, gate, sifting, submitting, table
from voting.delivering import projects, schemes
from voting.documents import typesetting
from voting.documents.session import ballot_paper
from voting.handing_out import refusals as handing_out
from voting.handling import refusals as handling_refusals
from voting.keeping import erasing as erasing_on_its_day
from voting.keeping import holding
from voting.keeping import rules as keeping_rules
from voting.lists import keeping as lists
from voting.lists import table as list_table
from voting.paper_ballots import exchanging as paper_exchanging
from voting.paper_ballots import sheets as paper_sheets
from voting.paper_ballots import switching as paper_switching
from voting.preserving import backing_up, before_upgrading, locked_file, restoring
from voting.publicity import opinions as citizens
from voting.publicity import scores as citizen_scores
from voting.rating import refusals as rating_refusals
from voting.reporting import headings as report_table
from voting.reporting import importing as progress_table
from voting.reporting import reports, setting
from voting.reporting import warnings as progress_warnings
from voting.screening import criteria, drafts, papers, plans, slates
from voting.scrutinising import ceremonies, empty_box
from voting.scrutinising import keys as scrutineer_keys
from voting.settling import deciding, resolutions
from voting.store import copying, engine, lineage, schema
from voting.store import words as store_words
from voting.supervising import refusals as supervising_refusals
from voting.years import earlier as earlier_results
from voting.years import facts as year_facts
from web.refusals import (
    ForeignRequest,
    FormTooLarge,
    FormUnreadable,
    NoSuchPage,
    NotEntered,
    NotPublished,
    PhotosTooLarge,
    RequestInterrupted,
    RequestTooLarge,
    WebError,
    WrongMethod,
    WrongRole,
)


class Answer(NamedTuple):
    """What a refusal looks like from outside."""

    status: int
    kind: str


TABLE: dict[type[Exception], Answer] = {
    # the pages themselves
    WebError: Answer(400, "refused"),
    NoSuchPage: Answer(404, "no_such_page"),
    NotPublished: Answer(404, "not_published"),
    NotEntered: Answer(404, "not_entered"),
    WrongRole: Answer(403, "wrong_role"),
    WrongMethod: Answer(405, "wrong_method"),
    ForeignRequest: Answer(403, "foreign_request"),
    FormUnreadable: Answer(400, "form_unreadable"),
    FormTooLarge: Answer(413, "form_too_large"),
    RequestTooLarge: Answer(413, "too_large"),
    PhotosTooLarge: Answer(413, "photos_too_large"),
    RequestInterrupted: Answer(400, "interrupted"),
    # who and when
    voting.VotingError: Answer(400, "refused"),
    actors.Forbidden: Answer(403, "forbidden"),
    actors.NotFound: Answer(404, "not_found"),
    actors.NotYet: Answer(404, "not_yet"),
    cycle.WrongStep: Answer(409, "wrong_step"),
    links.LinkUnknown: Answer(404, "link_unknown"),
    links.LinkExpired: Answer(410, "link_expired"),
    links.LinkRevoked: Answer(410, "link_revoked"),
    links.LinkNotEnough: Answer(403, "link_not_enough"),
    links.LinkUnfit: Answer(422, "link_unfit"),
    logins.LoginUnknown: Answer(404, "login_unknown"),
    logins.LoginEnded: Answer(410, "login_ended"),
    logins.LoginExpired: Answer(410, "login_expired"),
    logins.AccountDisabled: Answer(403, "account_disabled"),
    logins.MembershipEnded: Answer(403, "membership_ended"),
    logins.DeputyLeft: Answer(403, "deputy_left"),
    logins.LogInAgain: Answer(403, "log_in_again"),
    logins.SecondStepMissing: Answer(403, "second_step_missing"),
    logging_in.LoginRefused: Answer(422, "login_refused"),
    logging_in.NoSecondStep: Answer(422, "no_second_step"),
    second_steps.CodeWrong: Answer(422, "code_wrong"),
    second_steps.PasskeyRefused: Answer(422, "passkey_refused"),
    passwords.LoginNameUnfit: Answer(422, "login_name_unfit"),
    passwords.PasswordUnfit: Answer(422, "password_unfit"),
    invitations.InvitationUnknown: Answer(404, "invitation_unknown"),
    invitations.InvitationExpired: Answer(410, "invitation_expired"),
    invitations.InvitationRevoked: Answer(410, "invitation_revoked"),
    invitations.InvitationUsed: Answer(410, "invitation_used"),
    invitations.InvitationUnfit: Answer(422, "invitation_unfit"),
    invitations.ElsewhereToo: Answer(409, "elsewhere_too"),
    accepting.LoginNameTaken: Answer(409, "login_name_taken"),
    accepting.AlreadyMember: Answer(409, "already_member"),
    members.OwnMembership: Answer(409, "own_membership"),
    own.LastSecondStep: Answer(409, "last_second_step"),
    own.SecondStepFirst: Answer(403, "second_step_first"),
    # what was typed or sent
    voting.TextError: Answer(422, "text"),
    voting.InputError: Answer(422, "input"),
    voting.RulesError: Answer(422, "rules"),
    voting.CountsError: Answer(422, "counts"),
    drafting.DraftError: Answer(422, "draft"),
    drafting.TitleTaken: Answer(409, "title_taken"),
    drafting.AlreadyAdopted: Answer(409, "already_adopted"),
    drafting.NoFollowUp: Answer(409, "no_follow_up"),
    resolutions.SettlingError: Answer(422, "settling"),
    resolutions.NothingOpen: Answer(409, "nothing_open"),
    resolutions.AlreadySettled: Answer(409, "already_settled"),
    deciding.AlreadyKnown: Answer(409, "already_known"),
    deciding.NothingDecided: Answer(409, "nothing_decided"),
    drafting.NoCommittee: Answer(422, "no_committee"),
    retesting.NoRetest: Answer(409, "no_retest"),
    sheets.SheetError: Answer(422, "sheet"),
    list_table.ListTableError: Answer(422, "list_table"),
    attending.NotYetReceived: Answer(422, "not_yet_received"),
    attending.StationEnded: Answer(409, "station_ended"),
    lists.EntryRefused: Answer(422, "list_entry"),
    lists.ListChanged: Answer(409, "list_changed"),
    candidates.CandidatesError: Answer(422, "candidates"),
    cards.CardsError: Answer(422, "cards"),
    reconciling.ReasonMissing: Answer(422, "reason_missing"),
    publishing.TrackerUnreadable: Answer(422, "tracker_unreadable"),
    # 签到
    checking_in_refusals.PlenaryOn: Answer(409, "plenary_on"),
    checking_in_refusals.PlenaryOver: Answer(409, "plenary_over"),
    checking_in_refusals.PlenaryBusy: Answer(409, "plenary_busy"),
    checking_in_refusals.NoPlenary: Answer(409, "no_plenary"),
    checking_in_refusals.NotExpected: Answer(422, "not_expected"),
    checking_in_refusals.NotThere: Answer(409, "not_there"),
    checking_in_refusals.MoveOvertaken: Answer(409, "move_overtaken"),
    checking_in_refusals.PassUnknown: Answer(422, "pass_unknown"),
    checking_in_refusals.NoDeputies: Answer(409, "no_deputies"),
    # 群众提
    showing.NotShown: Answer(404, "not_shown"),
    # 意见 and 线索
    photos.PhotoError: Answer(422, "photo"),
    codes.CodeUnreadable: Answer(422, "code_unreadable"),
    codes.CodeUnknown: Answer(404, "code_unknown"),
    gate.GateError: Answer(422, "gate"),
    gate.SlipInvalid: Answer(422, "slip_invalid"),
    gate.TooFast: Answer(422, "too_fast"),
    gate.TooMany: Answer(429, "too_many"),
    entry.EntryError: Answer(422, "entry"),
    submitting.AlreadySent: Answer(409, "already_sent"),
    submitting.StationGone: Answer(410, "station_gone"),
    submitting.StationUnknown: Answer(404, "station_unknown"),
    table.TableError: Answer(422, "suggestions_table"),
    sifting.AlreadyScreened: Answer(409, "already_screened"),
    sifting.NothingChosen: Answer(422, "nothing_chosen"),
    cosigning.NoCosigning: Answer(409, "no_cosigning"),
    calling.CallError: Answer(422, "call"),
    calling.CallPublished: Answer(409, "call_published"),
    # 从线索到候选项目
    plans.PlanError: Answer(422, "plan"),
    criteria.AssessmentError: Answer(422, "assessment"),
    drafts.ReasonMissing: Answer(422, "reason_missing"),
    drafts.DraftStep: Answer(409, "draft_step"),
    drafts.StaleVersion: Answer(409, "stale_version"),
    drafts.AlreadyJudged: Answer(409, "already_judged"),
    drafts.OpinionGiven: Answer(409, "opinion_given"),
    slates.SlateError: Answer(422, "slate"),
    slates.SlateStep: Answer(409, "slate_step"),
    slates.SlateFrozen: Answer(409, "slate_frozen"),
    # 监督、调整、办结
    supervising_refusals.SupervisionInput: Answer(422, "supervision_input"),
    supervising_refusals.SupervisionStep: Answer(409, "supervision_step"),
    supervising_refusals.FormExpired: Answer(409, "form_expired"),
    supervising_refusals.NotTheirs: Answer(422, "not_theirs"),
    supervising_refusals.ChangeRefused: Answer(422, "change_refused"),
    supervising_refusals.StillOpen: Answer(409, "still_open"),
    # citizens on projects
    citizens.OpinionError: Answer(422, "opinion"),
    citizens.AlreadyJudged: Answer(409, "already_judged"),
    citizens.NotReleased: Answer(409, "not_released"),
    citizens.AnsweredByOffice: Answer(409, "answered_by_office"),
    citizens.OpinionsClosed: Answer(404, "opinions_closed"),
    citizen_scores.ScoresClosed: Answer(404, "scores_closed"),
    citizen_scores.ScoreError: Answer(422, "score"),
    citizen_scores.NoMark: Answer(422, "no_mark"),
    # 人大评
    rating_refusals.RatingError: Answer(422, "rating_error"),
    rating_refusals.RatingStep: Answer(409, "rating_step"),
    papers.PaperError: Answer(422, "paper"),
    # progress
    reports.ReportError: Answer(422, "report"),
    reports.ReportStep: Answer(409, "report_step"),
    reports.StaleReport: Answer(409, "stale_report"),
    report_table.ReportTableError: Answer(422, "report_table"),
    progress_table.TableChanged: Answer(409, "report_table_changed"),
    progress_warnings.WarningError: Answer(422, "warning"),
    progress_warnings.WarningStep: Answer(409, "warning_step"),
    setting.SettingsRefused: Answer(422, "reporting_settings"),
    # 交办 and plans
    projects.ProjectError: Answer(422, "project"),
    projects.ProjectStep: Answer(409, "project_step"),
    schemes.StalePlan: Answer(409, "stale_plan"),
    schemes.PlanGaps: Answer(422, "plan_gaps"),
    # the ledger
    merging.CannotMerge: Answer(409, "cannot_merge"),
    merging.AlreadyMerged: Answer(409, "already_merged"),
    merging.CannotUnmerge: Answer(409, "cannot_unmerge"),
    store_words.SearchTooWide: Answer(422, "search_too_wide"),
    # what a round does not allow now
    sealing.NotReady: Answer(409, "not_ready"),
    sealing.CardsInUse: Answer(409, "cards_in_use"),
    sealing.AlreadySealed: Answer(409, "already_sealed"),
    redrafting.AlreadyUnderWay: Answer(409, "already_under_way"),
    redrafting.NoDraft: Answer(409, "no_draft"),
    sealing.KeyTaken: Answer(409, "key_taken"),
    sealing.CommonKey: Answer(409, "common_key"),
    scrutineer_keys.AppointmentError: Answer(422, "appointment"),
    ceremonies.CeremonyOver: Answer(409, "ceremony_over"),
    empty_box.NotEmpty: Answer(409, "not_empty"),
    exercises.ExerciseError: Answer(422, "exercise"),
    exercises.RehearsalRefused: Answer(409, "rehearsal_refused"),
    handing_out.CardsFixed: Answer(409, "cards_fixed"),
    # cards in the hall
    handing_out.NoDeck: Answer(409, "no_deck"),
    handing_out.DeckUsedUp: Answer(409, "deck_used_up"),
    handing_out.SerialTaken: Answer(409, "serial_taken"),
    handing_out.DeckInUse: Answer(409, "deck_in_use"),
    handing_out.NoSuchCard: Answer(422, "no_such_card"),
    handing_out.CardMisplaced: Answer(409, "card_misplaced"),
    handing_out.StillVoting: Answer(409, "still_voting"),
    handing_out.ReserveRefused: Answer(409, "reserve_refused"),
    handing_out.WitnessMissing: Answer(422, "witness_missing"),
    handing_out.SerialsErased: Answer(410, "serials_erased"),
    handing_out.TrialRefused: Answer(409, "trial_refused"),
    handing_out.IncidentSettled: Answer(409, "incident_settled"),
    reconciling.TooManyReturned: Answer(409, "too_many_returned"),
    # on paper
    paper_sheets.PaperError: Answer(422, "paper_figures"),
    paper_sheets.MorePaper: Answer(422, "more_paper"),
    paper_sheets.PaperStep: Answer(409, "paper_step"),
    paper_sheets.PaperPending: Answer(409, "paper_pending"),
    paper_exchanging.PapersUnaccounted: Answer(409, "papers_unaccounted"),
    paper_exchanging.ReserveShort: Answer(409, "reserve_short"),
    paper_switching.NoSwitch: Answer(409, "no_switch"),
    announcing.NotSigned: Answer(409, "not_signed"),
    publishing.KeptBack: Answer(403, "kept_back"),
    publishing.BoxErased: Answer(410, "box_erased"),
    # 保存期限
    keeping_rules.KeepingError: Answer(422, "keeping"),
    holding.HoldRefused: Answer(422, "hold"),
    erasing_on_its_day.StillHeld: Answer(409, "still_held"),
    erasing_on_its_day.WordsStay: Answer(409, "words_stay"),
    # 承办
    handling_refusals.HandlingError: Answer(409, "handling"),
    handling_refusals.HandlingInput: Answer(422, "handling_input"),
    handling_refusals.AlreadyDecided: Answer(409, "already_decided"),
    handling_refusals.FollowsAnother: Answer(409, "follows_another"),
    handling_refusals.ComplaintStays: Answer(409, "complaint_stays"),
    handling_refusals.TooLateToReturn: Answer(409, "too_late_to_return"),
    handling_refusals.StillMissing: Answer(409, "still_missing"),
    handling_refusals.AlreadyConfirmed: Answer(409, "already_confirmed"),
    # 代表联系群众
    addressing.DeputyGone: Answer(404, "deputy_gone"),
    receptions.NamesUnclear: Answer(422, "names_unclear"),
    liaisons.LiaisonRefused: Answer(422, "liaison_refused"),
    liaisons.ContactTooEarly: Answer(422, "contact_too_early"),
    handling_refusals.CalendarError: Answer(422, "calendar"),
    # the year
    year_facts.YearError: Answer(422, "year"),
    year_facts.YearStep: Answer(409, "year_step"),
    earlier_results.EarlierError: Answer(422, "earlier_results"),
    # a ballot
    casting.NotOpenYet: Answer(409, "not_open_yet"),
    casting.AlreadyClosed: Answer(409, "already_closed"),
    casting.CardAlreadyVoted: Answer(409, "card_already_voted"),
    casting.CardDead: Answer(403, "card_dead"),
    casting.NotReceived: Answer(409, "not_received"),
    ballots.BallotError: Answer(400, "ballot"),
    ballots.Malformed: Answer(400, "malformed"),
    ballots.TooLarge: Answer(413, "too_large"),
    ballots.WrongElection: Answer(409, "wrong_election"),
    ballots.UnknownCredential: Answer(403, "unknown_credential"),
    ballots.BadPoint: Answer(422, "bad_point"),
    ballots.BadScalar: Answer(422, "bad_scalar"),
    ballots.BadProof: Answer(422, "bad_proof"),
    ballots.BadChoiceProof: Answer(422, "bad_choice_proof"),
    ballots.BadCountProof: Answer(422, "bad_count_proof"),
    ballots.BadSignature: Answer(422, "bad_signature"),
    # a record, a key, a sum
    ballots.BadElection: Answer(422, "bad_election"),
    ballots.BadCredentials: Answer(422, "bad_credentials"),
    ballots.BadTrustee: Answer(422, "bad_trustee"),
    ballots.BadDecryption: Answer(422, "bad_decryption"),
    ballots.BadTally: Answer(422, "bad_tally"),
    ballots.BadArchive: Answer(422, "bad_archive"),
    ballots.BadChain: Answer(422, "bad_chain"),
    ballots.BadRecord: Answer(422, "bad_record"),
    # the installation
    engine.StoreError: Answer(503, "store"),
    schema.NotMigrated: Answer(503, "not_migrated"),
    schema.NewerDatabase: Answer(503, "newer_database"),
    lineage.TornDatabase: Answer(503, "torn_database"),
    signing.SigningKeyError: Answer(503, "signing_key"),
    messages.MessageNotSent: Answer(503, "message_not_sent"),
    messages.MessagesUnreadable: Answer(503, "messages_unreadable"),
    typesetting.DocumentError: Answer(503, "document"),
    typesetting.MissingFont: Answer(503, "missing_font"),
    ballot_paper.TooFewForColour: Answer(422, "too_few_for_colour"),
    # Keeping an installation
    copying.NotEmpty: Answer(409, "not_empty"),
    backing_up.BackupExists: Answer(409, "backup_exists"),
    backing_up.BackupFailed: Answer(500, "backup_failed"),
    locked_file.BackupDamaged: Answer(422, "backup_damaged"),
    locked_file.BadBackupKey: Answer(422, "bad_backup_key"),
    locked_file.WrongBackupKey: Answer(422, "wrong_backup_key"),
    restoring.MadeByNewer: Answer(422, "made_by_newer"),
    restoring.Occupied: Answer(409, "occupied"),
    restoring.RestoreFailed: Answer(500, "restore_failed"),
    before_upgrading.BackUpFirst: Answer(409, "back_up_first"),
}
