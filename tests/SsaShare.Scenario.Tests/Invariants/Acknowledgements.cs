using System.Collections.Concurrent;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Scenario.Tests;

/// <summary>A record of which its publisher was told that it is published.</summary>
/// <param name="Id">SHA-256 in hexadecimal, computed here from what was handed in.</param>
/// <param name="Tag">What it claims to be of; null where it claims nothing.</param>
internal sealed record AcknowledgedRecord(string Id, ScenarioNode Originator, RecordClass Class, string? Tag);

/// <summary>What publishers were told is published: of files, read here and not in any node's database.</summary>
internal sealed class Acknowledgements
{
    private readonly ConcurrentDictionary<string, AcknowledgedRecord> _records = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AcknowledgedRecord> All => [.. _records.Values];

    public AcknowledgedRecord? Find(string id) => _records.GetValueOrDefault(id);

    /// <summary>The node has said that all of the file is there.</summary>
    public void Add(ScenarioNode node, TdmFile file, Label? label = null)
    {
        var sealedLabel = LabelCodec.Seal(label ?? ScenarioNode.Label);
        using var stream = new MemoryStream(file.Content, writable: false);
        int count = 0;
        foreach (var item in new TdmReader(stream, new TdmReadOptions { FileName = file.Name, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()) }).Read())
        {
            if (item.Observation is not { } observation) continue;
            var record = RecordFactory.Seal(observation, node.Partner, sealedLabel);
            Add(new AcknowledgedRecord(record.Id.ToString(), node, RecordClass.Observation, observation.ObjectTag));
            count++;
        }
        Assert.Equal(file.Count, count);
    }

    /// <summary>Publishes a file and takes it down when the node says that all of it is published.</summary>
    public async Task PublishAsync(ScenarioNode node, TdmFile file)
    {
        var answer = await node.PublishAsync(file);
        Assert.Equal((file.Count, 0L), (answer.AcceptedCount + answer.DuplicateCount, answer.RefusedCount));
        Add(node, file);
    }

    /// <summary>Publishes a notice of an event about one object, which goes its own, urgent way, and takes it down when the node says that it is published.</summary>
    public async Task PublishAsync(ScenarioNode node, string name, byte[] notice)
    {
        var answer = await node.PublishAsync(name, notice);
        Assert.Equal((1L, 0L), (answer.AcceptedCount + answer.DuplicateCount, answer.RefusedCount));
        var issues = new List<ReadIssue>();
        var (_, read) = NoticeFile.Read(notice, name, Utc.FromDateTime(TimeProvider.System.GetUtcNow()), issues);
        Assert.Empty(issues);
        var record = RecordFactory.Seal(read!, node.Partner, LabelCodec.Seal(ScenarioNode.Label));
        Add(new AcknowledgedRecord(record.Id.ToString(), node, RecordClass.EventNotice, record.Facts.ObjectTag));
    }

    /// <summary>Sensors, as they stand in the node's database at a time when nothing has happened to it yet.</summary>
    public async Task AddSensorsAsync(ScenarioNode node)
    {
        foreach (string id in await node.ColumnAsync<string>($"SELECT encode(r.id, 'hex') FROM record r JOIN publication p ON p.key = r.publication WHERE p.provider IS NULL AND r.class = {(int)RecordClass.Sensor}"))
            Add(new AcknowledgedRecord(id, node, RecordClass.Sensor, null));
    }

    private void Add(AcknowledgedRecord record) => _records.TryAdd(record.Id, record);
}
