using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// Two checkpoints of one log that cannot both be true: the same size and two roots, each signed by the log. It proves to whoever has the
/// log's public key, without trust in who shows it, that two histories were signed with it. Who signed them it does not say: where the owner
/// has revoked the key since, see <see cref="RevokedLogKeys"/>.
/// </summary>
/// <param name="Type">"ssashare/log-conflict/v1".</param>
/// <param name="First">One signed note.</param>
/// <param name="Second">The other.</param>
public sealed record Misbehaviour(string Type, string First, string Second)
{
    public const string TypeName = "ssashare/log-conflict/v1";

    /// <summary>Longest document that is read, bytes.</summary>
    public const int BytesMax = 160 * 1024;

    /// <summary>The same two notes give the same document, whichever came first.</summary>
    public static Misbehaviour Of(string one, string other)
        => string.CompareOrdinal(one, other) <= 0 ? new Misbehaviour(TypeName, one, other) : new Misbehaviour(TypeName, other, one);

    public byte[] ToJson() => DocumentJson.Write(this);

    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Misbehaviour? document)
    {
        document = DocumentJson.TryReadBody<Misbehaviour>(json, BytesMax, out var read) && read.Type == TypeName ? read : null;
        return document is not null;
    }

    /// <summary>Whose logs the two notes say that they are of; null when that is not one partner's.</summary>
    [JsonIgnore]
    public PartnerId? Owner => new OutsideCheckpoint("", First).Owner is { } owner && new OutsideCheckpoint("", Second).Owner == owner ? owner : null;

    /// <summary>The size that the first note says; null when it is not a checkpoint. Nothing is verified.</summary>
    [JsonIgnore]
    public long? Size => SignedNote.TryParse(Encoding.UTF8.GetBytes(First), out var signed, out _) && Checkpoint.TryParse(signed.Text, out var checkpoint) ? checkpoint.Size : null;

    /// <summary>Whether both notes are signed by this log and contradict each other.</summary>
    /// <param name="logKey">The log's key by its name and a size.</param>
    /// <param name="size">The size for which two roots are signed.</param>
    /// <param name="fault">Why it proves nothing.</param>
    public bool Verify(Func<string, long, NoteVerifier?> logKey, out long size, [NotNullWhen(false)] out string? fault)
    {
        size = 0;
        if (!TryOpen(First, logKey, out var first, out fault) || !TryOpen(Second, logKey, out var second, out fault)) return false;
        fault = first.Origin != second.Origin ? "The two checkpoints are of logs of different names: one begins where the other was restored from a backup."
            : first.Size != second.Size ? "The two checkpoints are of different sizes; that alone proves nothing."
            : first.Root == second.Root ? "The two checkpoints have the same root."
            : null;
        size = first.Size;
        return fault is null;
    }

    private static bool TryOpen(string note, Func<string, long, NoteVerifier?> logKey, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!SignedNote.TryParse(bytes, out var signed, out fault)) return false;
        if (!Checkpoint.TryParse(signed.Text, out var read)) fault = "A signed text is not a checkpoint.";
        else if (logKey(read.Origin, read.Size) is not { } key) fault = $"No key of {read.Origin} is known for {read.Size} entries.";
        else return Checkpoint.TryOpen(bytes, key, out checkpoint, out fault);
        return false;
    }
}
