using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli.Tests;

public sealed class SimulationTextTests
{
    private static readonly SimulateAgreementRequest Request = new() { ReaderId = "pacific", Since = At(6), DraftFileName = "draft.yaml" };

    [Fact]
    public void Lines_OfAnAgreement_AreATableAndSums()
    {
        var agreement = new SimulatedAgreement
        {
            AgreementId = Id(0x3f), Title = "Atlantic and Pacific", State = Protocol.Agreement.V1.AgreementState.Active, FullCount = 1_200, DegradedCount = 30, WithheldCount = 4, Notes = { "at most 600 records a minute" },
            Rows =
            {
                Row(DecisionOutcome.Released, 1_200, V1.RecordClass.Observation, clause: "all", examples: 3),
                Row(DecisionOutcome.Degraded, 30, V1.RecordClass.OrbitState, clause: "early", profile: "coarse", examples: 1),
                Row(DecisionOutcome.Withheld, 4, V1.RecordClass.Observation, clause: "no-geo", reason: "Prohibited", examples: 2),
                Row(DecisionOutcome.Withheld, 30, V1.RecordClass.OrbitState, reason: "NotGranted"),
            },
        };
        var result = new SimulationResult { DecidedAt = At(12), ConsideredCount = 1_234, FullCount = 1_200, DegradedCount = 30, WithheldCount = 4, Agreements = { agreement } };
        Assert.Equal(
        [
            "1,234 records published since 2026-11-22T06:00:00Z, decided for pacific at 2026-11-22T12:00:00Z",
            "",
            "agreement 3f3f3f3f3f3f3f3f  Atlantic and Pacific, Active",
            "  outcome             clause  reason      class        records  for example",
            "  released            all     -           observation    1,200  0101010101010101 0202020202020202 0303030303030303",
            "  degraded to coarse  early   -           orbit_state       30  0101010101010101",
            "  withheld            no-geo  Prohibited  observation        4  0101010101010101 0202020202020202",
            "  withheld            -       NotGranted  orbit_state       30",
            "  1,200 as published, 30 degraded only, 4 withheld",
            "  note: at most 600 records a minute",
            "",
            "in all: 1,200 as published, 30 degraded only, 4 withheld",
        ], SimulationText.Lines(Request, result));
    }

    [Fact]
    public void Lines_OfADraftWithoutRecords_SayThatNobodySignedIt()
    {
        var draft = new SimulatedAgreement { AgreementId = Id(0x3f), Title = "Next \u001b[2J year", State = Protocol.Agreement.V1.AgreementState.Active, Draft = true };
        var result = new SimulationResult { DecidedAt = At(12), Agreements = { draft }, Notes = { "nothing was published since then" } };
        Assert.Equal(
        [
            "0 records published since 2026-11-22T06:00:00Z, decided for pacific at 2026-11-22T12:00:00Z",
            "",
            "draft draft.yaml  \"Next \\u001B[2J year\", signed by nobody, taken as in force",
            "  0 as published, 0 degraded only, 0 withheld",
            "",
            "in all: 0 as published, 0 degraded only, 0 withheld",
            "note: nothing was published since then",
        ], SimulationText.Lines(Request, result));
    }

    private static SimulatedRow Row(DecisionOutcome outcome, long count, V1.RecordClass recordClass, string clause = "", string reason = "", string profile = "", int examples = 0)
    {
        var row = new SimulatedRow { Outcome = outcome, Count = count, RecordClass = recordClass, Clause = clause, Reason = reason, Profile = profile };
        row.ExampleIds.AddRange(Enumerable.Range(1, examples).Select(i => Id((byte)i)));
        return row;
    }

    private static ByteString Id(byte value) => ByteString.CopyFrom([.. Enumerable.Repeat(value, 32)]);
    private static Timestamp At(int hour) => Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.Zero));
}
