using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Roots that a log's checkpoints claim for some of its sizes, collected while reading, checked when all leaves are known.</summary>
internal sealed class CheckpointClaims
{
    private readonly Dictionary<string, SortedDictionary<long, (Hash256 Root, string Where)>> _claims = new(StringComparer.Ordinal);

    /// <summary>Sizes and roots claimed for a partner's log.</summary>
    public IReadOnlyDictionary<long, (Hash256 Root, string Where)> Of(string partner)
        => _claims.TryGetValue(partner, out var claims) ? claims : new Dictionary<long, (Hash256, string)>();

    /// <returns>A contradiction with a claim made before, or null.</returns>
    public string? Add(string partner, Checkpoint checkpoint, string where)
    {
        if (!_claims.TryGetValue(partner, out var claims)) _claims.Add(partner, claims = []);
        if (claims.TryAdd(checkpoint.Size, (checkpoint.Root, where))) return null;
        var before = claims[checkpoint.Size];
        return before.Root == checkpoint.Root ? null : $"the log of '{partner}' shows two histories of {checkpoint.Size} entries: this one and that of {before.Where}";
    }

    /// <summary>Compares claims with the log itself.</summary>
    /// <param name="claims">Sizes and roots.</param>
    /// <param name="leaves">All leaves of the log.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>Number of claims about sizes that these leaves do not reach.</returns>
    public static int Check(IReadOnlyDictionary<long, (Hash256 Root, string Where)> claims, IReadOnlyList<Hash256> leaves, List<string> faults)
    {
        var range = new CompactRange();
        foreach (var (size, (root, where)) in claims.Where(claim => claim.Key <= leaves.Count).OrderBy(claim => claim.Key))
        {
            while (range.Size < size) range.Append(leaves[(int)range.Size]);
            if (range.Root != root) faults.Add($"{where}: its checkpoint is not of this log's first {size} entries");
        }
        return claims.Keys.Count(size => size > leaves.Count);
    }
}
