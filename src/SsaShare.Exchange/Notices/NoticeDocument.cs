using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What an originator signs to correct, withdraw or recall one record of its own.</summary>
/// <param name="Type">"ssashare/notice/v1".</param>
/// <param name="Originator">Who published the record, and signs.</param>
/// <param name="Publication">SHA-256 of the payload of the publication that holds the record.</param>
/// <param name="Index">The record's index in it.</param>
/// <param name="Action">What is asked of those who have it.</param>
/// <param name="Replacement">With <see cref="NoticeAction.Correct"/>: the record of the same originator that takes its place; null when there is none.</param>
/// <param name="Reason">For people: at most <see cref="ReasonMax"/> characters that a terminal can show.</param>
/// <param name="Issued">When it was signed.</param>
public sealed record NoticeDocument(
    string Type, PartnerId Originator, Hash256 Publication, int Index, NoticeAction Action, RecordPlace? Replacement, string Reason, Epoch Issued) : ITypedDocument
{
    /// <summary>Longest reason, UTF-16 characters.</summary>
    public const int ReasonMax = 200;

    /// <summary>The record's place. A method, so that the payload says it once.</summary>
    public RecordPlace Place() => new(Publication, Index);

    /// <summary>Why these words are not a notice although each can be read; null when they are.</summary>
    public string? WhatIsWrong()
        => !Place().IsPossible ? $"No publication has a record {Index}."
            : Replacement is not null && Action != NoticeAction.Correct ? "Only a correction names a replacement."
            : Replacement is { IsPossible: false } ? $"No publication has a record {Replacement.Value.Index}."
            : Replacement == Place() ? "A record cannot replace itself."
            : IsReason(Reason) ? null
            : $"The reason is longer than {ReasonMax} characters, or holds some that cannot be shown.";

    /// <summary>Whether a text is short enough and holds nothing that moves a terminal's cursor, hides or turns what follows.</summary>
    public static bool IsReason(string text)
        => text.Length <= ReasonMax && text.EnumerateRunes().All(rune => System.Text.Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned) && rune.Value != 0xFFFD);
}

/// <summary>A notice that has been read, with the exact bytes that were signed.</summary>
/// <param name="Document">As signed.</param>
/// <param name="Notice">What it says.</param>
public sealed record SignedNotice(SignedDocument Document, NoticeDocument Notice)
{
    /// <summary>SHA-256 of the payload: what receipts name.</summary>
    public Hash256 Id => Document.Id;

    /// <exception cref="ArgumentException">It would be refused by everybody.</exception>
    public static SignedNotice Issue(SigningKey key, PartnerId originator, RecordPlace place, NoticeAction action, RecordPlace? replacement, string reason, Epoch now)
    {
        var notice = new NoticeDocument(DocumentContexts.Notice.Text, originator, place.Publication, place.Index, action, replacement, reason, now);
        return notice.WhatIsWrong() is { } fault
            ? throw new ArgumentException(fault)
            : new SignedNotice(SignedDocument.Sign(key, DocumentContexts.Notice, DocumentJson.Write(notice)), notice);
    }

    /// <summary>Reads a notice of whoever it names, by the key of that partner at its date. Total.</summary>
    /// <param name="document">As received.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    public static SignedNotice? TryOpen(SignedDocument document, IKeyBook keys, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<NoticeDocument>(document.Payload.Span, DocumentContexts.Notice, out var notice)) fault = "The notice is not a well-formed document.";
        else if (!keys.Knows(notice.Originator)) fault = $"No node card is pinned for originator '{notice.Originator}'.";
        else if (!keys.Verify(notice.Originator, document, DocumentContexts.Notice, notice.Issued)) fault = $"The signature is not that of originator '{notice.Originator}'.";
        else fault = notice.WhatIsWrong() ?? "";
        return fault.Length == 0 ? new SignedNotice(document, notice!) : null;
    }
}
