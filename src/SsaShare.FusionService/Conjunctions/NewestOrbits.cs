using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>Of published orbits, those that are the newest of their object that some reader may see: what is withheld from a reader never stands before what that reader sees.</summary>
/// <param name="readers">What each may see.</param>
/// <param name="now">The present.</param>
/// <param name="futureMax">What was determined for later than this after now does not count yet.</param>
/// <param name="isFaulty">Whether an orbit cannot be followed: it is there, so that its readers are told, and stands before no other.</param>
internal sealed class NewestOrbits(IReadOnlyList<RecordView> readers, Epoch now, TimeSpan futureMax, Func<RecordId, bool>? isFaulty = null)
{
    private readonly Epoch _latest = now.PlusSeconds(futureMax.TotalSeconds);

    /// <summary>Of a time to come: they do not count yet.</summary>
    public IEnumerable<PublishedOrbit> Ahead(IEnumerable<PublishedOrbit> versions) => versions.TakeWhile(one => one.Epoch > _latest);

    /// <summary>For each reader the first that it may see and that counts: among equally new ones the order of their records decides, as it does among what is made of them, so that no more than one per reader is wanted.</summary>
    /// <param name="versions">Of one object of one originator, newest first.</param>
    public IEnumerable<PublishedOrbit> Of(IReadOnlyList<PublishedOrbit> versions)
    {
        bool[] has = new bool[readers.Count];
        foreach (var version in versions)
        {
            if (Array.TrueForAll(has, one => one)) yield break;
            // Determined for a time to come: it would hide all that come before.
            if (version.Epoch > _latest) continue;
            // One that cannot be followed is told of, and stands before no older one.
            bool isNewest = false, isFollowed = isFaulty?.Invoke(version.Record) != true;
            for (int reader = 0; reader < readers.Count; reader++)
            {
                if (has[reader] || !readers[reader].MaySee(version.Record)) continue;
                isNewest = true;
                has[reader] = isFollowed;
            }
            if (isNewest) yield return version;
        }
    }
}
