using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;
using AgreementState = SsaShare.Protocol.Agreement.V1.AgreementState;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Propose, sign, exchange.</summary>
public sealed partial class AgreementLifeTests
{
    private readonly Label _label = ScenarioNode.Label;
    private IReadOnlyList<LifeRecord> _first = [], _atlanticSensors = [], _pacificSensors = [];
    private LifeAgreement _accord = null!;

    private async Task PublishFirstAsync()
    {
        await Atlantic.PublishSensorsAsync("RADAR");
        await Atlantic.PublishSensorsAsync("FENCE");
        _atlanticSensors = await Holdings.TakeAsync(Atlantic, "sensor of atlantic");
        await Pacific.PublishSensorsAsync("RADAR");
        _pacificSensors = await Holdings.TakeAsync(Pacific, "sensor of pacific");
        // Arctic only receives: what it publishes stays with it.
        await Arctic.PublishSensorsAsync("RADAR");
        await Holdings.TakeAsync(Arctic, "sensor of arctic");
        await PublishAsync(Arctic, "of arctic", _label, ("RADAR", "5398", 2));
        _first = await PublishAsync(Atlantic, "published before the agreement", _label, ("RADAR", "5398", 3));
    }

    private async Task ProposeAsync() => _accord = await _life.ProposeAsync("accord", LifeYaml.Accord, Atlantic, Pacific, Caribbean, Arctic);

    private async Task SignByAllButOneAsync()
    {
        foreach (var party in new[] { Pacific, Caribbean })
            Assert.Equal(AgreementState.Proposed, (await party.Admin.SignAgreementAsync(new() { AgreementId = _accord.Id })).State);
    }

    private async Task SignByTheLastAsync()
    {
        await Life.SignAsync(_accord, Arctic);
        // What lies in the feed is decided when it is asked for. A prohibition by object says nothing of sensors, because it names its class.
        foreach (var reader in new[] { Pacific, Caribbean, Arctic }) Holdings.Give(_atlanticSensors, Atlantic, _accord, reader);
        foreach (var reader in new[] { Atlantic, Caribbean, Arctic }) Holdings.Give(_pacificSensors, Pacific, _accord, reader);
        Holdings.Give(_first, Atlantic, _accord, Pacific);
        Holdings.Give(_first, Atlantic, _accord, Caribbean);
    }

    private async Task ExchangeAsync()
    {
        (string Name, (string Sensor, string Tag, int Count)[] Segments, Label Label, ScenarioNode[] Readers)[] cases =
        [
            ("granted by object", [("RADAR", "5398", 2)], _label, [Pacific, Caribbean]),
            ("granted by the other object", [("RADAR", "7734", 2)], _label, [Pacific, Caribbean]),
            ("of no granted object", [("RADAR", "99999", 2)], _label, []),
            ("prohibited to pacific", [("FENCE", "7734", 2)], _label, [Caribbean]),
            ("by sensor and public", [("FENCE", "11111", 2)], _label with { Level = HandlingLevel.Public }, [Arctic]),
            ("by sensor but not public", [("FENCE", "11111", 2)], _label, []),
            ("restricted", [("RADAR", "5398", 2)], _label with { Level = HandlingLevel.Restricted }, []),
            ("restricted of the object granted so", [("RADAR", "25544", 2)], _label with { Level = HandlingLevel.Restricted }, [Pacific]),
            ("test", [("RADAR", "5398", 2)], _label with { Mode = DataMode.Test }, [Caribbean]),
            ("exercise", [("RADAR", "5398", 2)], _label with { Mode = DataMode.Exercise }, []),
            ("simulated", [("RADAR", "5398", 2)], _label with { Mode = DataMode.Simulated }, []),
            ("releasable to pacific", [("RADAR", "5398", 2)], _label with { ReleasableTo = ["pacific"] }, [Pacific]),
            ("releasable to nobody", [("RADAR", "5398", 2)], _label with { ReleasableTo = [] }, []),
        ];
        foreach (var (name, segments, label, readers) in cases)
        {
            var records = await PublishAsync(Atlantic, name, label, segments);
            foreach (var reader in readers) Holdings.Give(records, Atlantic, _accord, reader);
        }

        // One publication, of which everybody gets another part.
        var mixed = await PublishAsync(Atlantic, "mixed", _label, ("RADAR", "5398", 3), ("RADAR", "99999", 2), ("FENCE", "7734", 2), ("RADAR", "7734", 1));
        Holdings.Give(mixed.Where(record => Tag(record) is "5398" || (Tag(record) is "7734" && Sensor(record) is "RADAR")), Atlantic, _accord, Pacific);
        Holdings.Give(mixed.Where(record => Tag(record) is "5398" or "7734"), Atlantic, _accord, Caribbean);

        Holdings.Give(await PublishAsync(Pacific, "of pacific", _label, ("RADAR", "5398", 3)), Pacific, _accord, Atlantic);
        await AssertExplainedAsync();
        await AssertSearchFindsAsync();
    }

    /// <summary>Atlantic's operator is told why Pacific does not get what it does not get.</summary>
    private async Task AssertExplainedAsync()
    {
        foreach (var (name, reason, clause) in new[]
        {
            ("of no granted object", "NotGranted", ""), ("prohibited to pacific", "Prohibited", "not-of-the-fence"), ("restricted", "NotGranted", ""), ("exercise", "DataModeNotCovered", ""),
            ("releasable to nobody", "NotReleasableTo", ""),
        })
        {
            var record = Holdings.Records.First(one => one.Name.StartsWith($"{name} #", StringComparison.Ordinal));
            var explained = await Atlantic.Audit.ExplainDecisionAsync(new() { Record = record.Record.Id.ToString(), ReaderId = "pacific", AgreementId = _accord.Id });
            var form = Assert.Single(Assert.Single(explained.Agreements).Forms);
            Assert.Equal((name, DecisionOutcome.Withheld, reason, clause), (name, form.Outcome, form.Reason, form.Clause));
            Assert.Empty(explained.Givings);
        }
    }

    /// <summary>The search for what must not be there finds what is there.</summary>
    private async Task AssertSearchFindsAsync()
    {
        foreach (string trace in Traces.OfContent(_first[0].Record).Append(Traces.OfId(_first[0].Record).First()))
            await Eventually.TrueAsync(async () => await Traces.FindAsync(Pacific, new Dictionary<string, string> { [trace] = "what is sought" }) is not null, $"{trace} at pacific");
    }

    private Task<IReadOnlyList<LifeRecord>> PublishAsync(ScenarioNode node, string name, Label label, params (string Sensor, string Tag, int Count)[] segments)
        => Holdings.PublishAsync(node, name, TdmFile.Mixed(_life.Random, segments), label);

    private static string? Tag(LifeRecord record) => record.Record.Facts.ObjectTag;

    private static string? Sensor(LifeRecord record) => record.Record.Facts.Sensor?.Value;
}
