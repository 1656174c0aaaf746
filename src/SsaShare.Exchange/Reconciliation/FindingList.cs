using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Takes what comparing finds.</summary>
internal sealed class FindingList
{
    public List<Finding> Findings { get; } = [];
    public List<string> Notes { get; } = [];

    public void Add(FindingKind kind, NamedLog log, long? entry, string explanation, Hash256? manifest = null, RecordPlace? record = null)
        => Findings.Add(new Finding(kind, log.At(entry), record, manifest, explanation));

    public void Add(FindingKind kind, NamedLog log, AuditedManifest manifest, string explanation, RecordPlace? record = null)
        => Add(kind, log, manifest.Entry.Index, explanation, manifest.Id, record);

    public void Note(string note) => Notes.Add(note);
}
