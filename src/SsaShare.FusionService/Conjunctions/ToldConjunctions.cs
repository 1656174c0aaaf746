using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>
/// What readers were told last, so that a list of many pages is composed once. Composing asks which records the reader may see and looks at nothing else, so what was composed holds for whoever gives the
/// same answers; they are asked for anew each time. Safe for concurrent use.
/// </summary>
internal sealed class ToldConjunctions
{
    /// <summary>Sets of permissions that differ. One is some tens of megabytes for a whole catalog.</summary>
    internal const int KeptMax = 16;

    private readonly Lock _lock = new();

    // Guarded by _lock; the last used first.
    private readonly List<Answer> _answers = [];

    /// <summary>How often something was composed.</summary>
    internal int Composed { get; private set; }

    /// <summary>All that is told to whoever may see these records.</summary>
    public ReaderConjunctions Of(PartnerId reader, BoardSnapshot snapshot, Func<RecordId, bool> maySee)
    {
        Answer[] known;
        lock (_lock) known = [.. _answers.Where(one => ReferenceEquals(one.Snapshot, snapshot)).OrderByDescending(one => one.Reader == reader)];
        var answer = Array.Find(known, one => one.HoldsFor(maySee)) ?? Compose(snapshot, maySee);
        Keep(answer with { Reader = reader });
        return answer.Told;
    }

    /// <summary>Composes for those who asked lately what they will be told, before they are: how long an answer takes then tells nothing of whether something came for others.</summary>
    public void Renew(BoardSnapshot snapshot, Func<PartnerId, RecordView> viewOf)
    {
        List<PartnerId> readers;
        lock (_lock) readers = [.. _answers.Select(one => one.Reader).Distinct()];
        readers.Reverse();
        foreach (var reader in readers) Of(reader, snapshot, viewOf(reader).MaySee);
    }

    /// <summary>Gives up what nobody is told any more.</summary>
    public void KeepOnly(BoardSnapshot snapshot)
    {
        lock (_lock) _answers.RemoveAll(one => !ReferenceEquals(one.Snapshot, snapshot));
    }

    private static Answer Compose(BoardSnapshot snapshot, Func<RecordId, bool> maySee)
    {
        var asked = new Dictionary<RecordId, bool>();
        var told = snapshot.ForReader(record =>
        {
            if (!asked.TryGetValue(record, out bool may)) asked[record] = may = maySee(record);
            return may;
        });
        return new Answer(default, snapshot, [.. asked], told);
    }

    private void Keep(Answer answer)
    {
        lock (_lock)
        {
            if (_answers.RemoveAll(one => ReferenceEquals(one.Told, answer.Told)) == 0) Composed++;
            _answers.Insert(0, answer);
            if (_answers.Count > KeptMax) _answers.RemoveAt(KeptMax);
        }
    }

    /// <param name="Reader">Who was told it last.</param>
    /// <param name="Asked">Every record that was asked for, with the answer.</param>
    private sealed record Answer(PartnerId Reader, BoardSnapshot Snapshot, KeyValuePair<RecordId, bool>[] Asked, ReaderConjunctions Told)
    {
        /// <summary>All are asked, so that those seen are known to whoever looks again before the answer is given.</summary>
        public bool HoldsFor(Func<RecordId, bool> maySee) => Array.TrueForAll(Asked, one => maySee(one.Key) == one.Value);
    }
}
