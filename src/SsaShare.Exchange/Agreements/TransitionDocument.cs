using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A party suspends, resumes or revokes an agreement; signed by that party and brought to all others.</summary>
/// <param name="Type"><see cref="DocumentContexts.Transition"/>.</param>
/// <param name="Agreement">Which agreement.</param>
/// <param name="Party">Who does it; its key signs.</param>
/// <param name="Sequence">From 1, dense, of this party and agreement: so that none can be left out or put in another order.</param>
/// <param name="Event">What it does.</param>
/// <param name="Reason">In the party's words, for people; see <see cref="IsReason"/>.</param>
/// <param name="Time">By the party's clock.</param>
public sealed record TransitionDocument(string Type, AgreementId Agreement, PartnerId Party, int Sequence, TransitionEvent Event, string Reason, Epoch Time) : ITypedDocument
{
    /// <summary>Most transitions of one party and agreement, so that nobody fills another's log; the last one can only be a revocation.</summary>
    public const int SequenceMax = 1_000;

    /// <summary>Longest reason, UTF-16 units.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>Whether a text is a reason: 1 to 200 characters that show as what they are, on one line.</summary>
    public static bool IsReason(string reason)
        => reason.Length is >= 1 and <= ReasonLengthMax && !string.IsNullOrWhiteSpace(reason) && reason.EnumerateRunes().All(IsPlain);

    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}

/// <summary>A transition with the exact bytes that are signed.</summary>
public sealed record SignedTransition(SignedDocument Original, TransitionDocument Document)
{
    /// <exception cref="ArgumentException">The reason is none, or the number is out of range.</exception>
    public static SignedTransition Sign(SigningKey key, TransitionDocument document)
        => TransitionDocument.IsReason(document.Reason) && document.Sequence is >= 1 and <= TransitionDocument.SequenceMax
            ? new SignedTransition(SignedDocument.Sign(key, DocumentContexts.Transition, DocumentJson.Write(document)), document)
            : throw new ArgumentException($"Not a transition: number {document.Sequence}, reason of {document.Reason.Length} characters.", nameof(document));

    /// <summary>Reads a transition. Total; the signature is not verified.</summary>
    public static bool TryRead(SignedDocument original, [NotNullWhen(true)] out SignedTransition? transition)
    {
        transition = DocumentJson.TryRead<TransitionDocument>(original.Payload.Span, DocumentContexts.Transition, out var document) ? new SignedTransition(original, document) : null;
        return transition is not null;
    }

    public bool Verify(VerificationKey key) => Original.Verify(key, DocumentContexts.Transition);
}
