using System.Text.Json.Serialization;

namespace SsaShare.Exchange;

/// <summary>What an originator wants of everybody who has a record of its own. A stronger one may follow a weaker one; none is taken back.</summary>
[JsonConverter(typeof(Words))]
public enum NoticeAction
{
    Unspecified = 0,

    /// <summary>It was wrong; another record may take its place. It is used no more and kept for audit.</summary>
    Correct = 1,

    /// <summary>It counts no more. It is used no more and kept for audit.</summary>
    Withdraw = 2,

    /// <summary>It must not be with others. Its payload is deleted wherever it went, in every form; a tombstone stays.</summary>
    Recall = 3,
}

file sealed class Words() : WordConverter<NoticeAction>((NoticeAction.Correct, "correct"), (NoticeAction.Withdraw, "withdraw"), (NoticeAction.Recall, "recall"));
