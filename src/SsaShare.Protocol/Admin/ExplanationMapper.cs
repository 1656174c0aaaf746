using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using CommonV1 = SsaShare.Protocol.Common.V1;
using Wire = SsaShare.Protocol.Admin.V1;

namespace SsaShare.Protocol;

/// <summary>Why a record goes or stays, as the operator's program gets it.</summary>
public static class ExplanationMapper
{
    private static readonly (Purposes Purpose, string Word)[] PurposeWords =
        [(Purposes.SafetyOfFlight, "safety_of_flight"), (Purposes.Fusion, "fusion"), (Purposes.Research, "research"), (Purposes.Enforcement, "enforcement")];

    public static ExplainDecisionResponse ToWire(this RecordExplanation explanation)
    {
        var ways = explanation.Ways.ToList();
        var wire = new ExplainDecisionResponse { Record = ToWire(ways[0].Record.Record), DecidedAt = OperatorTime.ToWire(explanation.DecidedAt) };
        wire.Ways.AddRange(ways.Select(ToWire));
        wire.Agreements.AddRange(explanation.Answers.Select(answer => ToWire(answer, ways.IndexOf(answer.Way))));
        wire.Givings.AddRange(explanation.Givings.Select(ToWire));
        wire.Notes.AddRange(explanation.Notes);
        return wire;
    }

    private static ExplainedRecord ToWire(SealedRecord record) => new()
    {
        RecordId = UnsafeByteOperations.UnsafeWrap(record.Id.ToArray()),
        RecordClass = (CommonV1.RecordClass)(int)record.Facts.Class,
        OriginatorId = record.Facts.Originator.Value,
        SensorId = record.Facts.Sensor?.Value ?? "",
        ObjectTag = record.Facts.Objects.ToString(),
        Regime = record.Facts.Regime == OrbitalRegime.Unspecified ? "" : record.Facts.Regime.ToString().ToUpperInvariant(),
        Epoch = record.Facts.Epoch.ToWire(),
    };

    private static ExplainedWay ToWire(FoundRecord way) => new()
    {
        ProviderId = way.Provider?.Value ?? "",
        AgreementId = way.Agreement is { } id ? id.Value.ToWire() : ByteString.Empty,
        Published = OperatorTime.ToWire(way.Published),
        PublicationId = way.PublicationId.ToWire(),
        Index = way.Record.Index,
        Label = LabelCodec.ToWire(way.Record.Record.Label.Parsed),
        Profile = way.Record.Record.Facts.Form.Profile?.Value ?? "",
    };

    private static ExplainedAgreement ToWire(AgreementAnswer answer, int way)
    {
        var wire = new ExplainedAgreement
        {
            AgreementId = answer.Agreement.Id.Value.ToWire(),
            Title = answer.Agreement.Terms.Title,
            State = answer.State.ToWire(),
            Question = (DecisionQuestion)(int)answer.Question,
            Way = way,
        };
        wire.Forms.AddRange(answer.Forms.Select(ToWire));
        wire.Clauses.AddRange(answer.Clauses.Select(ToWire));
        return wire;
    }

    private static ExplainedForm ToWire(FormAnswer form)
    {
        var wire = new ExplainedForm
        {
            Profile = form.Form.Profile?.Value ?? "",
            Outcome = !form.IsReleased ? DecisionOutcome.Withheld : form.Form.IsFull ? DecisionOutcome.Released : DecisionOutcome.Degraded,
            Clause = form.Clause?.Value ?? "",
            Reason = form.IsReleased ? "" : form.Reason.ToString(),
            Due = form.Due is { } due ? OperatorTime.ToWire(due) : null,
            Retention = form.Retention is { } time ? Duration.FromTimeSpan(time) : null,
            HopsMax = form.HopsMax,
            Audience = form.Audience switch { OnwardAudience.Named => "named partners", OnwardAudience.SameTier => "parties of the same tier", OnwardAudience.Public => "anyone", _ => "" },
        };
        wire.Purposes.AddRange(WordsOf(form.Purposes));
        return wire;
    }

    private static ExplainedClause ToWire(ClauseExplanation clause)
    {
        var wire = new ExplainedClause
        {
            Clause = clause.Clause.Value,
            Kind = clause.IsGrant ? "grant" : "prohibition",
            Effect = (Wire.ClauseEffect)(1 + (int)clause.Effect),
            Profile = clause.Form.Profile?.Value ?? "",
        };
        wire.Purposes.AddRange(WordsOf(clause.Purposes));
        wire.Selectors.AddRange(clause.Selectors.Select(selector => new ExplainedSelector
        {
            Name = selector.Field,
            Verdict = selector.Verdict switch { Verdict.Passes => Wire.SelectorVerdict.Passes, Verdict.Fails => Wire.SelectorVerdict.Fails, _ => Wire.SelectorVerdict.Unknown },
            Wanted = selector.Wanted,
            Found = selector.Stated,
        }));
        return wire;
    }

    private static IEnumerable<string> WordsOf(Purposes purposes) => PurposeWords.Where(word => purposes.HasFlag(word.Purpose)).Select(word => word.Word);

    private static RecordGiving ToWire(ReleasedTo giving) => new()
    {
        Given = OperatorTime.ToWire(giving.At),
        Profile = giving.Form.Profile?.Value ?? "",
        AgreementId = giving.Agreement.Value.ToWire(),
        ManifestId = giving.Manifest.ToWire(),
    };
}
