using System.Globalization;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using CommonV1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>What a simulation came to, as the operator's program gets it.</summary>
public static class SimulationMapper
{
    /// <param name="simulation">When it has run.</param>
    /// <param name="set">What it simulated.</param>
    /// <param name="provider">Who would release.</param>
    /// <param name="reader">Who would receive.</param>
    public static SimulationResult ToWire(this ReleaseSimulation simulation, SimulatedSet set, PartnerId provider, PartnerId reader)
    {
        var result = new SimulationResult
        {
            DecidedAt = OperatorTime.ToWire(set.DecidedAt),
            FullCount = simulation.CountOf(RecordFate.Released),
            DegradedCount = simulation.CountOf(RecordFate.Degraded),
            WithheldCount = simulation.CountOf(RecordFate.Withheld),
        };
        result.ConsideredCount = result.FullCount + result.DegradedCount + result.WithheldCount;
        foreach (var (terms, sums) in set.Agreements.Zip(simulation.Agreements)) result.Agreements.Add(ToWire(terms, sums, set, provider, reader));
        return result;
    }

    private static SimulatedAgreement ToWire(SimulatedTerms terms, AgreementSimulation sums, SimulatedSet set, PartnerId provider, PartnerId reader)
    {
        var agreement = terms.Agreement;
        var wire = new SimulatedAgreement
        {
            AgreementId = agreement.Id.Value.ToWire(),
            Title = agreement.Terms.Title,
            State = terms.State.ToWire(),
            Draft = terms.IsDraft,
            FullCount = sums.CountOf(RecordFate.Released),
            DegradedCount = sums.CountOf(RecordFate.Degraded),
            WithheldCount = sums.CountOf(RecordFate.Withheld),
        };
        wire.Rows.AddRange(sums.Rows.Select(ToWire));
        if (terms.IsDraft && set.DecidedAt == agreement.Terms.ValidFrom) wire.Notes.Add($"decided as of {Utc.Format(set.DecidedAt)}, when it would come into force");
        wire.Notes.AddRange(agreement.LimitsBetween(provider, reader).Select(Describe));
        return wire;
    }

    private static SimulatedRow ToWire(SimulatedCount row)
    {
        var wire = new SimulatedRow
        {
            Outcome = row.Kind.Fate switch { RecordFate.Released => DecisionOutcome.Released, RecordFate.Degraded => DecisionOutcome.Degraded, _ => DecisionOutcome.Withheld },
            Profile = row.Kind.Form.Profile?.Value ?? "",
            Clause = row.Kind.Clause?.Value ?? "",
            Reason = row.Kind.Reason == WithholdReason.None ? "" : row.Kind.Reason.ToString(),
            RecordClass = (CommonV1.RecordClass)(int)row.Kind.Class,
            Count = row.Count,
        };
        wire.ExampleIds.AddRange(row.Examples.Select(id => UnsafeByteOperations.UnsafeWrap(id.ToArray())));
        return wire;
    }

    private static string Describe(VolumeLimit limit)
    {
        (long? Most, string Of)[] figures = [(limit.RecordsPerMinute, "records a minute"), (limit.RecordsPerDay, "records a day"), (limit.BytesPerDay, "bytes a day")];
        var said = figures.Where(figure => figure.Most is not null).Select(figure => $"{figure.Most!.Value.ToString("N0", CultureInfo.InvariantCulture)} {figure.Of}");
        return $"limit {limit.Id} holds a real pull to {string.Join(" and ", said)}";
    }
}
