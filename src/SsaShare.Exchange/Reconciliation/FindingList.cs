using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Takes what comparing finds.</summary>
internal sealed class FindingList
{
    public List<Finding> Findings { get; } = [];
    public List<string> Notes { get; } = [];

    private readonly Dictionary<Hash256, LostStretch> _lost = [];

    public void Add(FindingKind kind, NamedLog log, long? entry, string explanation, Hash256? manifest = null, RecordPlace? record = null)
        => Findings.Add(new Finding(kind, log.At(entry), record, manifest, explanation));

    public void Add(FindingKind kind, NamedLog log, AuditedManifest manifest, string explanation, RecordPlace? record = null)
        => Add(kind, log, manifest.Entry.Index, explanation, manifest.Id, record);

    /// <summary>Counts what one log proves of another and that is lost there by a restore.</summary>
    /// <param name="restore">Of <see cref="NamedLog.LostAt"/>.</param>
    /// <param name="holder">Whose log proves it.</param>
    /// <param name="entry">Where.</param>
    /// <param name="restored">Whose log lost it.</param>
    /// <param name="what">Plural, for people.</param>
    /// <param name="records">Records in it.</param>
    public void Lost(KeyEvent restore, NamedLog holder, long? entry, NamedLog restored, string what, long records = 0)
    {
        if (!_lost.TryGetValue(restore.Id, out var lost)) _lost.Add(restore.Id, lost = new LostStretch(restore, restored, holder.At(entry)));
        var (count, sum) = lost.Counts.GetValueOrDefault(what);
        lost.Counts[what] = (count + 1, sum + records);
    }

    /// <summary>Adds one finding for each restore by which something is lost that another log holds.</summary>
    public void CloseLost()
    {
        foreach (var lost in _lost.Values)
        {
            string counts = string.Join(", ", lost.Counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value.Records > 0 ? $"{one.Value.Count} {one.Key} ({one.Value.Records} records)" : $"{one.Value.Count} {one.Key}"));
            Findings.Add(new Finding(FindingKind.Restored, lost.Where, null, null, $"{AuditedRestores.Describe(lost.Restored.Partner, lost.Restore)} Others hold of it: {counts}"));
        }
        _lost.Clear();
    }

    public void Note(string note) => Notes.Add(note);

    private sealed record LostStretch(KeyEvent Restore, NamedLog Restored, FindingPlace Where)
    {
        public Dictionary<string, (long Count, long Records)> Counts { get; } = new(StringComparer.Ordinal);
    }
}
