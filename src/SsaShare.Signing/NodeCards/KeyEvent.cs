using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SsaShare.Signing;

/// <summary>One change of a partner's keys: the card before, the card after, and from when on the second counts. Immutable and verified.</summary>
/// <remarks>
/// Signed by the recovery key of the card before, so that a thief of any key that a running node needs cannot take the identity over, and
/// by the signing key of the card after, so that whoever trusts a later card can follow its history back.
/// </remarks>
public sealed class KeyEvent
{
    /// <summary>DSSE payload type of a key event.</summary>
    public const string PayloadType = "application/vnd.ssashare.key-event.v1+json";

    /// <summary>Longest event in DSSE's JSON form that is read, bytes.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>Longest reason, UTF-16 units.</summary>
    public const int ReasonLengthMax = 200;

    private KeyEvent(KeyEventContent content, DsseEnvelope envelope)
    {
        Content = content;
        Envelope = envelope;
        Id = Hash256.Of(envelope.Payload.Span);
    }

    /// <summary>Whose keys.</summary>
    public string PartnerId => Content.Previous.Card.PartnerId;

    /// <summary>Number of this change, from 1, dense.</summary>
    public int Sequence => Content.Sequence;

    public KeyAction Action => Content.Action;

    /// <summary>The card before.</summary>
    public SignedNodeCard Previous => Content.Previous;

    /// <summary>The card after.</summary>
    public SignedNodeCard Next => Content.Next;

    /// <summary>When the new card came into use, UTC, whole seconds.</summary>
    public DateTimeOffset Effective => Content.Effective;

    /// <summary>With <see cref="KeyAction.Revoke"/>: since when somebody else may have had a key, UTC, whole seconds; otherwise null.</summary>
    public DateTimeOffset? CompromisedSince => Content.CompromisedSince;

    /// <summary>The date from which on documents count only when a key of the new card signed them.</summary>
    public DateTimeOffset Boundary => CompromisedSince ?? Effective;

    /// <summary>Checkpoints of the partner's log with more entries than this are signed by the new card's log key; after a restore, under the log's new name.</summary>
    public long LogSize => Content.LogSize;

    /// <summary>In the partner's words, for people.</summary>
    public string Reason => Content.Reason;

    /// <summary>With <see cref="KeyAction.Restore"/>: what the log has lost; otherwise null.</summary>
    public LogCut? Cut => Content.Cut;

    public DsseEnvelope Envelope { get; }

    /// <summary>SHA-256 of the payload.</summary>
    public Hash256 Id { get; }

    internal KeyEventContent Content { get; }

    /// <summary>Writes the payload once and signs those bytes with both keys.</summary>
    /// <param name="content">What changes.</param>
    /// <param name="recoveryKey">The private half of the card before's <see cref="NodeCard.RecoveryKey"/>.</param>
    /// <param name="signingKey">The private half of the card after's <see cref="NodeCard.SigningKey"/>.</param>
    /// <exception cref="ArgumentException">A field is not of its form, the cards do not follow on each other, or a key is another; the message says which.</exception>
    public static KeyEvent Create(KeyEventContent content, SigningKey recoveryKey, SigningKey signingKey)
    {
        if (content.WhatIsWrong() is { } fault)
        {
            throw new ArgumentException(fault, nameof(content));
        }

        if (!recoveryKey.VerificationKey.Equals(content.Previous.Card.RecoveryKey))
        {
            throw new ArgumentException("This is not the recovery key that the card in use names.", nameof(recoveryKey));
        }

        if (!signingKey.VerificationKey.Equals(content.Next.Card.SigningKey))
        {
            throw new ArgumentException("This is not the signing key that the new card names.", nameof(signingKey));
        }

        return new KeyEvent(content, DsseEnvelope.Create(PayloadType, KeyEventJson.Write(content)).Sign(recoveryKey).Sign(signingKey));
    }

    /// <summary>The envelope in DSSE's JSON form: what logs keep and peers are brought.</summary>
    public byte[] ToJson() => Envelope.ToJson();

    /// <summary>Reads a key event and verifies both signatures. Total. Whether the card before is the partner's is for <see cref="KeyHistory"/>.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="keyEvent">The event.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryOpen(ReadOnlySpan<byte> json, [NotNullWhen(true)] out KeyEvent? keyEvent, [NotNullWhen(false)] out string? fault)
    {
        keyEvent = null;
        if (json.Length > MaxBytes)
        {
            fault = $"The key event has {json.Length} bytes; at most {MaxBytes} are read.";
            return false;
        }

        if (!DsseEnvelope.TryParse(json, out DsseEnvelope? envelope, out fault))
        {
            return false;
        }

        if (envelope.PayloadType != PayloadType)
        {
            fault = $"The payload is of another type than '{PayloadType}'.";
            return false;
        }

        // The keys that must verify stand in the payload, as in a node card.
        if (!StrictJson.TryRead(envelope.Payload.Span, MaxBytes, KeyEventJson.Read, out KeyEventContent? content, out fault))
        {
            return false;
        }

        fault = content.WhatIsWrong()
            ?? (envelope.IsSignedByAll([content.Previous.Card.RecoveryKey, content.Next.Card.SigningKey]) ? null
                : "The event is not signed by the recovery key of the card before and the signing key of the card after.");
        keyEvent = fault is null ? new KeyEvent(content, envelope) : null;
        return keyEvent is not null;
    }

    /// <summary>Whether a text is a reason: 1 to 200 characters that show as what they are, on one line.</summary>
    public static bool IsReason(string text)
        => text.Length is >= 1 and <= ReasonLengthMax && !string.IsNullOrWhiteSpace(text) && text.EnumerateRunes().All(IsPlain);

    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
