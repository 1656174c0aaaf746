using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Body of the log entry that keeps two checkpoints of one log, of different sizes, and the log's own answer when it was asked to prove that the
/// larger tree begins with the smaller: it does not. The checkpoints are signed and the answer is not, so it convicts nobody alone; but
/// whoever has it may ask the log the same, and one honest answer settles it.
/// </summary>
/// <param name="Type">"ssashare/log-unproven/v1".</param>
/// <param name="Smaller">Signed note of the smaller checkpoint.</param>
/// <param name="Larger">Of the larger one.</param>
/// <param name="Proof">What was answered: the hashes one after the other, in base64; empty where it was not a list of hashes.</param>
public sealed record UnprovenGrowth(string Type, string Smaller, string Larger, string Proof)
{
    public const string TypeName = "ssashare/log-unproven/v1";

    /// <summary>Longest document that is read, bytes.</summary>
    public const int BytesMax = 160 * 1024;

    /// <param name="smaller">Signed note of the smaller checkpoint.</param>
    /// <param name="larger">Of the larger one.</param>
    /// <param name="proof">As answered.</param>
    public static UnprovenGrowth Of(string smaller, string larger, IReadOnlyList<Hash256> proof)
        => new(TypeName, smaller, larger, Convert.ToBase64String([.. proof.Take(AddCheckpointRequest.ProofMax).SelectMany(hash => hash.ToArray())]));

    public byte[] ToJson() => DocumentJson.Write(this);

    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out UnprovenGrowth? document)
    {
        document = DocumentJson.TryReadBody<UnprovenGrowth>(json, BytesMax, out var read) && read.Type == TypeName ? read : null;
        return document is not null;
    }
}
