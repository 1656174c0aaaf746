using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>
/// What every node may hold and hand out, record by record and way by way, as the agreements say it. Each record is a line for each way on
/// which it came: "object 5398 #2 as coarse, from atlantic under accord".
/// </summary>
internal sealed class Holdings
{
    private readonly Dictionary<string, LifeRecord> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<Signing.Hash256, LifeRecord> _byLeaf = [];
    private readonly List<Way> _ways = [];

    public IReadOnlyCollection<LifeRecord> Records => _byId.Values;

    /// <summary>Publishes a file and reads back what became of it.</summary>
    public async Task<IReadOnlyList<LifeRecord>> PublishAsync(ScenarioNode node, string name, TdmFile file, Label? label = null)
    {
        var answer = await node.PublishAsync(file, label);
        Assert.Equal((file.Count, 0, 0), (answer.AcceptedCount, answer.DuplicateCount, answer.RefusedCount));
        var added = await TakeAsync(node, name);
        Assert.Equal(file.Count, added.Count);
        return added;
    }

    /// <summary>Takes the node's own records that are new, in order of publication and index.</summary>
    public async Task<IReadOnlyList<LifeRecord>> TakeAsync(ScenarioNode node, string name)
    {
        var held = (await HeldRecord.ListAsync(node)).Where(held => held.Provider is null && !_byId.ContainsKey(held.Id)).OrderBy(held => held.Record!.Facts.Epoch).ThenBy(held => held.Index).ToList();
        var added = held.Select((one, i) => new LifeRecord(held.Count == 1 ? name : $"{name} #{i + 1}", one.Record!, one.Leaf, one.Publication, one.Index)).ToList();
        foreach (var record in added)
        {
            Assert.Equal(node.Partner, record.Originator);
            _byId.Add(record.Record.Id.ToString(), record);
            _byLeaf.Add(record.Leaf, record);
            _ways.Add(new Way(record, node, null, null, null));
        }
        return added;
    }

    /// <summary>From now on the reader is to have these from the provider under the agreement, whole or as a profile leaves them.</summary>
    public void Give(IEnumerable<LifeRecord> records, ScenarioNode provider, LifeAgreement agreement, ScenarioNode reader, string? profile = null)
        => _ways.AddRange(records.Select(record => new Way(record, reader, provider, agreement, profile)));

    /// <summary>Whether the provider hands out what it has given under the agreement to a reader that asks anew; what has been given stays in any case.</summary>
    public void SetServed(ScenarioNode provider, LifeAgreement agreement, bool served)
    {
        foreach (var way in _ways.Where(way => way.Provider == provider && way.Agreement == agreement )) way.IsServed = served;
    }

    /// <summary>It stays where it is, and nobody hands it out any more.</summary>
    public void Withdraw(LifeRecord record)
    {
        foreach (var way in _ways.Where(way => way.Record == record)) way.IsWithdrawn = true;
    }

    /// <summary>Everybody but the originator is to have deleted the payload, and nobody hands anything of it out.</summary>
    public void Recall(LifeRecord record)
    {
        Withdraw(record);
        foreach (var way in _ways.Where(way => way.Record == record)) way.IsGone = way.Provider is not null;
    }

    /// <summary>Whether its originator has taken it back.</summary>
    public bool IsWithdrawn(LifeRecord record) => _ways.Any(way => way.Record == record && way.IsWithdrawn);

    /// <summary>Lines that the node's database must have, sorted.</summary>
    public List<string> Expected(ScenarioNode node) => Sorted(_ways.Where(way => way.Holder == node).Select(way => way.ToString()));

    /// <summary>Lines that the provider must give the reader who asks from the beginning, sorted.</summary>
    public List<string> ExpectedFromWire(ScenarioNode provider, ScenarioNode reader, LifeAgreement agreement)
        => Sorted(_ways.Where(way => agreement.Status == StatusCode.OK && (way.Holder, way.Provider, way.Agreement) == (reader, provider, agreement) && way is { IsServed: true, IsWithdrawn: false }).Select(way => way.ToString()));

    /// <summary>Whether the node may have the original's bytes.</summary>
    public bool HasWhole(ScenarioNode node, LifeRecord record) => _ways.Any(way => way.Holder == node && way.Record == record && way is { Profile: null, IsGone: false });

    /// <summary>Whether the node may have what the profile leaves of it.</summary>
    public bool HasAs(ScenarioNode node, LifeRecord record, string profile) => _ways.Any(way => way.Holder == node && way.Record == record && way.Profile == profile && !way.IsGone);

    /// <summary>Whether the node may name the original: it has or had it.</summary>
    public bool HasHadWhole(ScenarioNode node, LifeRecord record) => _ways.Any(way => way.Holder == node && way.Record == record && way.Profile is null);

    /// <summary>Lines of what a node's database has.</summary>
    public List<string> Lines(IEnumerable<HeldRecord> held, IReadOnlyCollection<LifeAgreement> agreements) => Sorted(held.Select(one => Line(one, agreements)));

    /// <summary>Lines of what came over the wire.</summary>
    public List<string> Lines(IEnumerable<PublicationSlice> slices, ScenarioNode provider, LifeAgreement agreement)
        => Sorted(from slice in slices from item in slice.Records select Line(Name(item.Record, slice.Document.Id, item.Index), provider.Partner.Value, agreement.Name, gone: false));

    private string Line(HeldRecord held, IReadOnlyCollection<LifeAgreement> agreements)
    {
        string name = held.Record is not null ? Name(held.Record, held.Publication, held.Index)
            : _byId.Values.FirstOrDefault(record => (record.Publication, record.Index) == (held.Publication, held.Index))?.Name ?? $"unknown record {held.Id}";
        return held.Provider is null ? name : Line(name, held.Provider, agreements.FirstOrDefault(one => one.Hex == held.Agreement)?.Name ?? $"unknown agreement {held.Agreement}", held.Record is null);
    }

    private static string Line(string name, string provider, string agreement, bool gone) => $"{name}, from {provider} under {agreement}{(gone ? ": gone" : "")}";

    /// <summary>Who the record is, when it is of the publication and at the place where its originator put it.</summary>
    private string Name(SealedRecord record, Signing.Hash256 publication, int index)
    {
        var known = record.Mark is { } mark ? _byLeaf.GetValueOrDefault(mark.Original) : _byId.GetValueOrDefault(record.Id.ToString());
        if (known is null) return $"unknown record {record.Id} of '{record.Facts.Originator}'";
        if ((known.Publication, known.Index) != (publication, index)) return $"{known} in another publication or place";
        if (record.Facts.Originator != known.Originator) return $"{known} as of '{record.Facts.Originator}'";
        return record.Mark is null ? known.Name : Degraded(known.Name, record.Mark.Profile.ToString());
    }

    private static string Degraded(string name, string profile) => $"{name} as {profile}";

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private sealed record Way(LifeRecord Record, ScenarioNode Holder, ScenarioNode? Provider, LifeAgreement? Agreement, string? Profile)
    {
        public bool IsServed { get; set; } = true;
        public bool IsWithdrawn { get; set; }
        public bool IsGone { get; set; }

        public override string ToString()
        {
            string name = Profile is null || IsGone ? Record.Name : Degraded(Record.Name, Profile);
            return Provider is null ? name : Line(name, Provider.Partner.Value, Agreement!.Name, IsGone);
        }
    }
}
