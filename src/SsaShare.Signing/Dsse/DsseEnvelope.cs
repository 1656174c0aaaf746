using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SsaShare.Signing;

/// <summary>A payload of exact bytes, its type, and the signatures of any number of parties. Immutable.</summary>
/// <remarks>
/// DSSE v1.0.2 (secure-systems-lab/dsse, protocol.md and envelope.md). The payload type is under the signature and takes the
/// place of a context label; the encoding begins with "DSSEv1 ", with which no context label begins.
/// </remarks>
public sealed class DsseEnvelope
{
    /// <summary>Longest payload, bytes.</summary>
    public const int MaxPayloadBytes = 1 << 20;

    /// <summary>Most signatures of one envelope.</summary>
    public const int MaxSignatures = 16;

    private readonly byte[] _payload;

    private DsseEnvelope(string payloadType, byte[] payload, IReadOnlyList<DsseSignature> signatures)
    {
        PayloadType = payloadType;
        _payload = payload;
        Signatures = signatures;
    }

    /// <summary>Media type that says what the payload is.</summary>
    public string PayloadType { get; }

    /// <summary>The signed bytes, exactly as they were received or made.</summary>
    public ReadOnlyMemory<byte> Payload => _payload;

    public IReadOnlyList<DsseSignature> Signatures { get; }

    /// <summary>An envelope that nobody has signed yet.</summary>
    /// <exception cref="ArgumentException">The type is empty, too long or not printable ASCII, or the payload is too long.</exception>
    public static DsseEnvelope Create(string payloadType, ReadOnlySpan<byte> payload)
        => Check(payloadType, payload.Length, signatures: 0) is { } fault
            ? throw new ArgumentException(fault)
            : new DsseEnvelope(payloadType, payload.ToArray(), []);

    /// <summary>The same envelope with one more signature; the same object when this key has signed it already.</summary>
    /// <exception cref="InvalidOperationException">The envelope has <see cref="MaxSignatures"/> signatures.</exception>
    public DsseEnvelope Sign(SigningKey key)
        => Verify([key.VerificationKey]).Count > 0 ? this
            : Signatures.Count == MaxSignatures ? throw new InvalidOperationException($"The envelope has {MaxSignatures} signatures.")
            : new DsseEnvelope(PayloadType, _payload,
                [.. Signatures, new DsseSignature(key.Id.ToString(), key.SignUnlabelled(PreAuthenticationEncoding()))]);

    /// <summary>This envelope with those signatures of another over the same payload whose signers have not signed here.</summary>
    /// <param name="other">The same type and payload.</param>
    /// <param name="candidates">Keys whose signatures are taken; what none of them made is left out.</param>
    /// <exception cref="ArgumentException">Another type or payload.</exception>
    public DsseEnvelope Unite(DsseEnvelope other, IEnumerable<VerificationKey> candidates)
    {
        if (other.PayloadType != PayloadType || !other._payload.AsSpan().SequenceEqual(_payload))
        {
            throw new ArgumentException("Only envelopes of the same payload can be united.", nameof(other));
        }

        byte[] signed = PreAuthenticationEncoding();
        var missing = candidates.Distinct()
            .Where(key => !Signatures.Any(one => key.VerifyUnlabelled(signed, one.Signature.Span)))
            .Select(key => other.Signatures.FirstOrDefault(one => key.VerifyUnlabelled(signed, one.Signature.Span)))
            .OfType<DsseSignature>().ToList();
        return missing.Count == 0 ? this : new DsseEnvelope(PayloadType, _payload, [.. Signatures, .. missing]);
    }

    /// <summary>Which of the candidates signed, each named once, in the order of the candidates.</summary>
    /// <remarks>Key hints are not looked at: a wrong hint neither hides a signature nor makes one valid.</remarks>
    public IReadOnlyList<VerificationKey> Verify(IEnumerable<VerificationKey> candidates)
    {
        byte[] signed = PreAuthenticationEncoding();
        return [.. candidates.Distinct().Where(key => Signatures.Any(one => key.VerifyUnlabelled(signed, one.Signature.Span)))];
    }

    /// <summary>Whether every one of <paramref name="required"/> signed; false when none is required.</summary>
    public bool IsSignedByAll(IReadOnlyCollection<VerificationKey> required)
        => required.Count > 0 && Verify(required).Count == required.Distinct().Count();

    /// <summary>The envelope in DSSE's JSON form.</summary>
    public byte[] ToJson() => DsseEnvelopeJson.Write(this);

    /// <summary>Reads DSSE's JSON form. Fields that DSSE does not name are ignored, as it demands; names given twice are refused.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="envelope">The envelope, its signatures not yet verified.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DsseEnvelope? envelope, [NotNullWhen(false)] out string? fault)
        => DsseEnvelopeJson.TryRead(json, out envelope, out fault);

    internal static DsseEnvelope FromJson(string payloadType, byte[] payload, IReadOnlyList<DsseSignature> signatures)
        => Check(payloadType, payload.Length, signatures.Count) is { } fault
            ? throw new FormatException(fault)
            : new DsseEnvelope(payloadType, payload, signatures);

    private static string? Check(string payloadType, int payloadBytes, int signatures)
        => payloadType.Length is < 1 or > 200 || payloadType.Any(character => character is < '!' or > '~')
            ? "A payload type has 1 to 200 printable ASCII characters."
            : payloadBytes > MaxPayloadBytes ? $"The payload has {payloadBytes} bytes; at most {MaxPayloadBytes} are read."
            : signatures > MaxSignatures ? $"The envelope has {signatures} signatures; at most {MaxSignatures} are read."
            : null;

    private byte[] PreAuthenticationEncoding()
        => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"DSSEv1 {PayloadType.Length} {PayloadType} {_payload.Length} ")), .. _payload];
}
