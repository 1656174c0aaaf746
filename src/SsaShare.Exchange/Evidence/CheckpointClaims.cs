using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Roots that a log's checkpoints claim for some of its sizes, collected while reading, checked when all leaves are known.</summary>
internal sealed class CheckpointClaims
{
    private readonly Dictionary<string, SortedDictionary<long, (Hash256 Root, ClaimPlace Where)>> _claims = new(StringComparer.Ordinal);

    /// <summary>Names of logs of which something is claimed.</summary>
    public IEnumerable<string> Origins => _claims.Keys;

    /// <summary>Sizes and roots claimed for a log of that name.</summary>
    public IReadOnlyDictionary<long, (Hash256 Root, ClaimPlace Where)> Of(string origin)
        => _claims.TryGetValue(origin, out var claims) ? claims : new Dictionary<long, (Hash256, ClaimPlace)>();

    /// <returns>A contradiction with a claim made before, or null.</returns>
    public string? Add(PartnerId owner, Checkpoint checkpoint, ClaimPlace where)
    {
        if (!_claims.TryGetValue(checkpoint.Origin, out var claims)) _claims.Add(checkpoint.Origin, claims = []);
        if (claims.TryAdd(checkpoint.Size, (checkpoint.Root, where))) return null;
        var before = claims[checkpoint.Size];
        return before.Root == checkpoint.Root ? null : $"the log of '{owner}' shows two histories of {checkpoint.Size} entries: this one and that of {before.Where}";
    }

    /// <summary>Compares claims with the log itself. Sizes that lie within a hidden part are passed over.</summary>
    /// <param name="claims">Sizes and roots.</param>
    /// <param name="tree">The log's.</param>
    /// <param name="faults">Takes the claims that do not hold.</param>
    /// <returns>Number of claims about sizes that this tree does not reach.</returns>
    public static int Check(IReadOnlyDictionary<long, (Hash256 Root, ClaimPlace Where)> claims, AuditedTree tree, List<(long Size, ClaimPlace Where)> faults)
    {
        foreach (var (size, root) in tree.RootsAt(claims.Keys.Where(size => size <= tree.Size).Order()))
            if (root is not null && root != claims[size].Root) faults.Add((size, claims[size].Where));
        return claims.Keys.Count(size => size > tree.Size);
    }
}

/// <summary>Where a log's checkpoint was found.</summary>
/// <param name="Holder">In whose log.</param>
/// <param name="Entry">Index of the entry there.</param>
/// <param name="Time">Of that entry, by the holder's clock.</param>
internal readonly record struct ClaimPlace(PartnerId Holder, long Entry, Epoch Time)
{
    public override string ToString() => $"entry {Entry} of '{Holder}'";
}

/// <summary>A checkpoint that a manifest carries.</summary>
internal sealed class CheckpointClaim
{
    private readonly Lazy<bool> _isSigned;

    private CheckpointClaim(string note, Checkpoint checkpoint, Func<bool> verify) => (Note, Checkpoint, _isSigned) = (note, checkpoint, new Lazy<bool>(verify));

    public string Note { get; }

    /// <summary>As the note says; not to be believed unless it is signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Whether the log's key signed it. Verified when it is first asked, on any thread.</summary>
    public bool IsSigned => _isSigned.Value;

    /// <returns>Null when the note is none, or of another log.</returns>
    public static CheckpointClaim? Read(string note, Func<string, long, NoteVerifier?> logKey, out string? fault)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out fault)) return null;
        if (!Checkpoint.TryParse(signed.Text, out var checkpoint)) fault = "The text is not a checkpoint.";
        else if (logKey(checkpoint.Origin, checkpoint.Size) is not { } key) fault = $"No log key is known for {checkpoint.Size} entries of {checkpoint.Origin}.";
        else if (checkpoint.Origin != key.Name) fault = $"It is of {checkpoint.Origin}, expected {key.Name}.";
        else return new CheckpointClaim(note, checkpoint, () => signed.TryVerify([key], out _, out _));
        return null;
    }
}
