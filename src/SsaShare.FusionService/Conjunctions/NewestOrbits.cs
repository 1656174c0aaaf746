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

    /// <summary>Of those that are equally new, all: which of them counts must not hang on who else sees one.</summary>
    /// <param name="versions">Of one object of one originator, newest first.</param>
    public IEnumerable<PublishedOrbit> Of(IReadOnlyList<PublishedOrbit> versions)
    {
        bool[] hasNewer = new bool[readers.Count], hasThis = new bool[readers.Count];
        for (int i = 0; i < versions.Count; i++)
        {
            // Determined for a time to come: it would hide all that come before.
            if (versions[i].Epoch > _latest) continue;
            if (i > 0 && (versions[i].Epoch, versions[i].Published) != (versions[i - 1].Epoch, versions[i - 1].Published))
            {
                for (int reader = 0; reader < readers.Count; reader++) hasNewer[reader] |= hasThis[reader];
                if (hasNewer.All(has => has)) yield break;
            }
            bool isNewest = false, isFollowed = isFaulty?.Invoke(versions[i].Record) != true;
            for (int reader = 0; reader < readers.Count; reader++)
            {
                if (hasNewer[reader] || !readers[reader].MaySee(versions[i].Record)) continue;
                isNewest = true;
                hasThis[reader] |= isFollowed;
            }
            if (isNewest) yield return versions[i];
        }
    }
}
