using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>A log's signed checkpoint with what witnesses have said to it.</summary>
/// <param name="Size">Entries of the log.</param>
/// <param name="Root">Root of the tree of that size.</param>
/// <param name="Note">C2SP signed note: the log's signature and a line for each cosignature.</param>
/// <param name="Cosignatures">Who cosigned and when by its own clock, whole seconds; each witness once.</param>
public sealed record CosignedCheckpoint(long Size, Hash256 Root, string Note, IReadOnlyList<(PartnerId Witness, Epoch At)> Cosignatures)
{
    /// <summary>Name of the log; empty where it was not read from a note.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Verifies the log's signature and every cosignature of a witness whose key is known; others are ignored. Total.</summary>
    /// <param name="note">Any bytes.</param>
    /// <param name="owner">Whose log it must be. Its own cosignature counts for nothing and is left out.</param>
    /// <param name="logKey">The key of the owner's log by its name and the checkpoint's size.</param>
    /// <param name="witnessKey">Each witness's key at the time of its cosignature.</param>
    /// <param name="fault">Why there is none: malformed, not of that log, or a signature of a known key is wrong.</param>
    public static CosignedCheckpoint? TryOpen(ReadOnlySpan<byte> note, PartnerId owner, Func<PartnerId, string, long, NoteVerifier?> logKey,
        Func<PartnerId, Epoch, NoteVerifier?> witnessKey, out string fault)
    {
        if (!SignedNote.TryParse(note, out var signed, out string? malformed)) return Refuse(malformed, out fault);
        if (!Checkpoint.TryParse(signed.Text, out var checkpoint)) return Refuse("The signed text is not a checkpoint.", out fault);
        if (logKey(owner, checkpoint.Origin, checkpoint.Size) is not { } key) return Refuse($"No log key of '{owner}' is known for {checkpoint.Size} entries of {checkpoint.Origin}.", out fault);
        if (checkpoint.Origin != key.Name) return Refuse($"The checkpoint is of {checkpoint.Origin}, expected {key.Name}.", out fault);
        if (!signed.TryVerify([key], out _, out string? forged)) return Refuse(forged, out fault);

        byte[] text = Encoding.UTF8.GetBytes(signed.Text);
        var newest = new Dictionary<PartnerId, Epoch>();
        foreach (var line in signed.Signatures)
        {
            if (NoteNames.OwnerOfWitness(line.Name) is not { } witness || witness == owner || TimeOf(line) is not { } at) continue;
            if (witnessKey(witness, at) is not { } known || known.Name != line.Name || known.KeyHash != line.KeyHash) continue;
            if (!known.Verify(text, line.Signature.Span)) return Refuse($"The cosignature of {line.Name} is wrong.", out fault);
            if (!newest.TryGetValue(witness, out var before) || at > before) newest[witness] = at;
        }
        fault = "";
        return new CosignedCheckpoint(checkpoint.Size, checkpoint.Root, signed.ToString(),
            [.. newest.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))]) { Origin = checkpoint.Origin };
    }

    /// <inheritdoc cref="TryOpen(ReadOnlySpan{byte}, PartnerId, Func{PartnerId, string, long, NoteVerifier?}, Func{PartnerId, Epoch, NoteVerifier?}, out string)"/>
    public static CosignedCheckpoint? TryOpen(ReadOnlySpan<byte> note, PartnerId owner, IKeyBook keys, out string fault) => TryOpen(note, owner, keys.LogKey, keys.WitnessKey, out fault);

    /// <summary>When a cosignature line says it was made; null where its time is none that a calendar here holds.</summary>
    internal static Epoch? TimeOf(NoteSignature line)
        => CosignatureMessage.TrySplit(line.Signature.Span, out long unixTimeS, out _) ? ToEpoch(unixTimeS) : null;

    /// <summary>Seconds since 1970 without leap seconds, as cosignatures count; null before 1972 and after 2291.</summary>
    public static Epoch? ToEpoch(long unixTimeS)
        => unixTimeS is >= EarliestUnixS and <= LatestUnixS ? Utc.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(unixTimeS)) : null;

    private const long EarliestUnixS = 63_072_000, LatestUnixS = 10_130_000_000;

    private static CosignedCheckpoint? Refuse(string reason, out string fault)
    {
        fault = reason;
        return null;
    }
}
