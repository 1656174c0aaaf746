using System.Text.Json.Serialization;

namespace SsaShare.Exchange;

/// <summary>What became of a noticed record at somebody who had been given it.</summary>
[JsonConverter(typeof(Words))]
public enum NoticeOutcome
{
    Unspecified = 0,

    /// <summary>It is used no more and kept for audit.</summary>
    Unused = 1,

    /// <summary>Its payload is deleted.</summary>
    Deleted = 2,

    /// <summary>It is not there. Should it still come, it is stored as noticed: unused, or without its payload.</summary>
    UnknownRecord = 3,
}

file sealed class Words() : WordConverter<NoticeOutcome>((NoticeOutcome.Unused, "unused"), (NoticeOutcome.Deleted, "deleted"), (NoticeOutcome.UnknownRecord, "unknown_record"));

/// <summary>Which outcome an action asks for.</summary>
public static class NoticeRules
{
    /// <param name="isHeld">Whether the record is here, with or without its payload.</param>
    public static NoticeOutcome OutcomeOf(NoticeAction action, bool isHeld)
        => !isHeld ? NoticeOutcome.UnknownRecord : action == NoticeAction.Recall ? NoticeOutcome.Deleted : NoticeOutcome.Unused;

    /// <summary>
    /// Whether a receipt with this outcome does what the notice asks: a recall is not met by leaving the record unused. That a record is not there
    /// counts only where its receiver has not signed for it before, which takes the ledger to know.
    /// </summary>
    public static bool Fulfils(NoticeOutcome outcome, NoticeAction action) => outcome switch
    {
        NoticeOutcome.Unused => action is NoticeAction.Correct or NoticeAction.Withdraw,
        NoticeOutcome.Deleted or NoticeOutcome.UnknownRecord => true,
        _ => false,
    };
}
