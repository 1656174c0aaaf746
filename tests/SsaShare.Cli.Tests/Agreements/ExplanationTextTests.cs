using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli.Tests;

public sealed class ExplanationTextTests
{
    private static readonly ExplainDecisionRequest Request = new() { ReaderId = "pacific", Record = "5b5b5b5b" };

    [Fact]
    public void Lines_OfAnOwnRecord_GoThroughFormsAndClauses()
    {
        var answer = new ExplainDecisionResponse
        {
            Record = Record(),
            Ways = { new ExplainedWay { Published = At(6), PublicationId = Id(0xaa), Index = 3, Label = LabelCodec.ToWire(new Label(HandlingLevel.PartnersOnly, DataMode.Real, ["pacific"], true)) } },
            Agreements =
            {
                new ExplainedAgreement
                {
                    AgreementId = Id(0x3f), Title = "Atlantic and Pacific", State = Protocol.Agreement.V1.AgreementState.Active, Question = DecisionQuestion.Release,
                    Forms =
                    {
                        new ExplainedForm { Outcome = DecisionOutcome.Withheld, Reason = "NotYetDue", Clause = "late", Due = At(18) },
                        new ExplainedForm { Profile = "coarse", Outcome = DecisionOutcome.Degraded, Clause = "early", Purposes = { "fusion", "research" }, Retention = Duration.FromTimeSpan(TimeSpan.FromDays(30)) },
                    },
                    Clauses =
                    {
                        new ExplainedClause
                        {
                            Clause = "early", Kind = "grant", Effect = ClauseEffect.None, Profile = "coarse", Purposes = { "fusion", "research" },
                            Selectors = { Selector("sensors", SelectorVerdict.Passes, "RADAR", "RADAR"), Selector("objects", SelectorVerdict.Unknown, "5398, 5399", "") },
                        },
                        new ExplainedClause { Clause = "no-geo", Kind = "prohibition", Effect = ClauseEffect.HoldsBack, Purposes = { "fusion" }, Selectors = { Selector("regimes", SelectorVerdict.Passes, "GEO", "GEO") } },
                    },
                },
            },
            Givings = { new RecordGiving { Given = At(7), Profile = "coarse", AgreementId = Id(0x3f), ManifestId = Id(0x77) } },
        };
        Assert.Equal(
        [
            $"record {string.Concat(Enumerable.Repeat("5b", 32))}",
            "  observation of atlantic, sensor RADAR, object 5398, regime MEO, epoch 2026-11-22T05:00:00Z",
            "  way 1: published here, published 2026-11-22T06:00:00Z as record 3 of publication aaaaaaaaaaaaaaaa; partners_only, REAL, releasable to pacific, originator controlled",
            "",
            "agreement 3f3f3f3f3f3f3f3f  Atlantic and Pacific, Active",
            "  may this node release it to pacific?",
            "    as published        withheld: NotYetDue by late, due 2026-11-22T18:00:00Z",
            "    degraded to coarse  degraded to coarse by early for fusion, research, to be deleted after 30.00:00:00",
            "  grant early (degraded to coarse for fusion, research): does not apply",
            "    sensors  passes   wants RADAR       has RADAR",
            "    objects  unknown  wants 5398, 5399  has -",
            "  prohibition no-geo (for fusion): holds it back",
            "    regimes  passes  wants GEO  has GEO",
            "",
            "given to pacific at 2026-11-22T07:00:00Z degraded to coarse, under agreement 3f3f3f3f3f3f3f3f, in manifest 7777777777777777",
        ], ExplanationText.Lines(Request, answer));
    }

    [Fact]
    public void Lines_WithoutAgreement_SaySo()
    {
        var answer = new ExplainDecisionResponse
        {
            Record = Record(),
            Ways = { new ExplainedWay { ProviderId = "arctic", AgreementId = Id(0x11), Published = At(6), PublicationId = Id(0xaa), Profile = "coarse", Label = LabelCodec.ToWire(new Label(HandlingLevel.Public, DataMode.Test, null, false)) } },
            Notes = { "there is no agreement with pacific here" },
        };
        Assert.Equal(
        [
            "  way 1: received from arctic under agreement 1111111111111111 degraded to coarse, published 2026-11-22T06:00:00Z as record 0 of publication aaaaaaaaaaaaaaaa; public, TEST",
            "",
            "pacific was never given it by this node",
            "note: there is no agreement with pacific here",
        ], ExplanationText.Lines(Request, answer).Skip(2));
    }

    private static ExplainedRecord Record()
    {
        Assert.True(Utc.TryParse("2026-11-22T05:00:00Z", out var epoch));
        return new ExplainedRecord { RecordId = Id(0x5b), RecordClass = V1.RecordClass.Observation, OriginatorId = "atlantic", SensorId = "RADAR", ObjectTag = "5398", Regime = "MEO", Epoch = epoch.ToWire() };
    }

    private static ExplainedSelector Selector(string name, SelectorVerdict verdict, string wanted, string found) => new() { Name = name, Verdict = verdict, Wanted = wanted, Found = found };
    private static ByteString Id(byte value) => ByteString.CopyFrom([.. Enumerable.Repeat(value, 32)]);
    private static Timestamp At(int hour) => Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.Zero));
}
