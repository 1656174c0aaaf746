using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A record as it travels: exact payload bytes, exact label bytes, and what an agreement may ask about it.</summary>
/// <param name="Id">Hash of class, originator and payload: a partner who publishes another's payload as its own makes a record of its own and displaces nobody's.</param>
/// <param name="Payload">Never re-encoded.</param>
/// <param name="Label">Exact bytes of the label that <paramref name="Facts"/> holds parsed.</param>
/// <param name="Facts">Read from payload and label.</param>
public sealed record SealedRecord(RecordId Id, ReadOnlyMemory<byte> Payload, SealedLabel Label, RecordFacts Facts)
{
    /// <summary>Longest payload, bytes.</summary>
    public const int LongestPayloadBytes = 64 * 1024;

    /// <summary>What the payload states of its own degradation; null on an original.</summary>
    public DegradationMark? Mark { get; init; }

    /// <summary>Whether a receiver takes it: of a longer payload or label it would refuse the whole answer that it comes in.</summary>
    public bool CanBeExchanged => Payload.Length <= LongestPayloadBytes && Label.Bytes.Length <= SealedLabel.LongestBytes;

    public static SealedRecord Seal(ReadOnlyMemory<byte> payload, SealedLabel label, RecordFacts facts)
        => new(ComputeId(facts.Class, facts.Originator, payload.Span), payload, label, facts);

    /// <summary>SHA-256("ssashare/record/v1\n" || class as one byte || length of the originator's id as one byte || the id in ASCII || payload).</summary>
    public static RecordId ComputeId(RecordClass recordClass, PartnerId originator, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> context = "ssashare/record/v1\n"u8;
        string name = originator.Value;
        int head = context.Length + 2 + name.Length;
        Span<byte> input = payload.Length <= 1024 ? stackalloc byte[1024 + 64] : new byte[payload.Length + 64];
        context.CopyTo(input);
        input[context.Length] = checked((byte)recordClass);
        input[context.Length + 1] = checked((byte)name.Length);
        Encoding.ASCII.GetBytes(name, input[(context.Length + 2)..]);
        payload.CopyTo(input[head..]);
        Span<byte> hash = stackalloc byte[RecordId.Size];
        Sha256.HashData(input[..(head + payload.Length)], hash);
        return new RecordId(hash);
    }
}

/// <summary>A label's exact bytes with their hash, made once for all the records that carry it.</summary>
public sealed record SealedLabel(ReadOnlyMemory<byte> Bytes, Label Parsed)
{
    /// <summary>Longest label, bytes.</summary>
    public const int LongestBytes = 8 * 1024;

    public Hash256 Hash { get; } = Hash256.Of(Bytes.Span);
}
