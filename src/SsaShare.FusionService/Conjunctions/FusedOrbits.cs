using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>Orbits fitted from observations, one for each set of observations of an object that some reader may see. Used by one thread at a time.</summary>
/// <remarks>A fit may take seconds, and so may following its orbit: as many as there is time for are done, the others follow in the next round.</remarks>
internal sealed class FusedOrbits(FusionEngine engine, NodeIdentity identity, FollowedOrbits followed)
{
    /// <summary>What they are made from: another instance whenever that has changed.</summary>
    public object Content => engine.Snapshot;

    /// <param name="readers">What each may see.</param>
    /// <param name="now">The present.</param>
    /// <param name="hasTime">Whether there is time for one more; otherwise it comes later.</param>
    /// <param name="isLate">Something comes later.</param>
    public IReadOnlyList<OrbitSource> Make(IReadOnlyList<RecordView> readers, Epoch now, Func<bool> hasTime, ref bool isLate)
    {
        var (catalog, made) = (engine.Snapshot, new Dictionary<string, OrbitSource>(StringComparer.Ordinal));
        foreach (var reader in readers)
        {
            var view = new ReaderView(contribution => reader.MaySee(contribution.Record));
            var seen = catalog.Objects.Select(id => catalog.See(id, view)).OfType<VisibleObject>().Where(one => IsRecent(one, now)).ToList();
            // A tag that two objects carry names neither.
            var unique = seen.Select(MainTag).OfType<string>().GroupBy(tag => tag, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var one in seen)
            {
                long? number = MainTag(one) is { } tag && unique.Contains(tag) ? OrbitSourceMaker.NumberOf(tag) : null;
                string key = KeyOf(one, number);
                if (!made.ContainsKey(key) && followed.Find(key, now, hasTime, (from, to) => Of(one, number, from, to), ref isLate) is { } source) made.Add(key, source);
            }
        }
        return [.. made.Values];
    }

    private OrbitSource? Of(VisibleObject visible, long? number, Epoch from, Epoch to)
    {
        if (engine.Compose(visible) is not Composition.Estimated { Estimate: var estimate }) return null;
        var fit = estimate.Fit;
        if (followed.Follow(new OrbitState(null, fit.State, fit.Covariance), fit.Surface, [], from, to) is not { } followedFit) return null;
        var own = new OwnDesignation(identity.Partner, estimate.Id.ToString());
        var encounter = new EncounterObject(1, followedFit.Motion, null)
        {
            Designator = number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? estimate.Id.ToString(),
            Catalog = number is null ? identity.Partner.Value : "SATCAT",
            Determination = new ConjunctionDetermination(null, fit.Span.Last, null, fit.Span.Last.SecondsSince(fit.Span.First), fit.ObservationsUsed + fit.ObservationsRejected, fit.ObservationsUsed, null, null, null, null),
            Comments = [$"Fitted by {identity.Partner} from observations of {string.Join(", ", estimate.Contributions.Select(part => $"{part.Partner} ({part.ObservationsUsed})"))}.", .. followedFit.Remarks],
        };
        return new OrbitSource(new ObjectDesignation(catalogNumber: number, own: own), OrbitSourceKind.Fused, null, Records(visible), DataMode.Real, fit.Span.Last, fit.Span.Last, encounter);
    }

    private static bool IsRecent(VisibleObject one, Epoch now) => Math.Abs(now.SecondsSince(one.Passes[^1][^1].Epoch)) <= OrbitSourceMaker.OldestStateDays * 86_400;

    private static string? MainTag(VisibleObject one) => one.Tags.OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault().Key;

    private static IEnumerable<RecordId> Records(VisibleObject one) => one.Passes.SelectMany(pass => pass).Select(contribution => contribution.Record);

    /// <summary>Of the object, its name and the observations with the sensors as they are described.</summary>
    private static string KeyOf(VisibleObject one, long? number)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{one.Id} {number}"));
        foreach (var contribution in one.Passes.SelectMany(pass => pass))
        {
            hash.AppendData(contribution.Record.ToArray());
            hash.AppendData(BitConverter.GetBytes(contribution.Sensor.GetHashCode()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
