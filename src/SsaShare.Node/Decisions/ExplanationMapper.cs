using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Node;

/// <summary>Parts of an explanation, as the operator's program gets them.</summary>
internal static class ExplanationMapper
{
    private static readonly (Purposes Purpose, string Word)[] PurposeWords =
        [(Purposes.SafetyOfFlight, "safety_of_flight"), (Purposes.Fusion, "fusion"), (Purposes.Research, "research"), (Purposes.Enforcement, "enforcement")];

    public static ExplainedRecord Record(SealedRecord record) => new()
    {
        RecordId = UnsafeByteOperations.UnsafeWrap(record.Id.ToArray()),
        RecordClass = (V1.RecordClass)(int)record.Facts.Class,
        OriginatorId = record.Facts.Originator.Value,
        SensorId = record.Facts.Sensor?.Value ?? "",
        ObjectTag = record.Facts.ObjectTag ?? "",
        Regime = record.Facts.Regime == OrbitalRegime.Unspecified ? "" : record.Facts.Regime.ToString().ToUpperInvariant(),
        Epoch = record.Facts.Epoch.ToWire(),
    };

    public static ExplainedWay Way(FoundRecord way) => new()
    {
        ProviderId = way.Provider?.Value ?? "",
        AgreementId = way.Agreement is { } id ? id.Value.ToWire() : ByteString.Empty,
        Published = way.Published.ToTimestamp(),
        PublicationId = way.PublicationId.ToWire(),
        Index = way.Record.Index,
        Label = LabelCodec.ToWire(way.Record.Record.Label.Parsed),
        Profile = way.Record.Record.Facts.Form.Profile?.Value ?? "",
    };

    public static ExplainedAgreement Agreement(BookEntry entry, DecisionQuestion question, IEnumerable<ExplainedForm> forms)
    {
        var wire = new ExplainedAgreement { AgreementId = entry.Agreement.Id.Value.ToWire(), Title = entry.Agreement.Terms.Title, State = entry.State.ToWire(), Question = question };
        wire.Forms.AddRange(forms);
        return wire;
    }

    /// <param name="decision">For one form.</param>
    /// <param name="published">When the record was published: what delays count from.</param>
    public static ExplainedForm Form(ReleaseDecision decision, Epoch published)
    {
        var wire = Form(decision.Form, decision.IsReleased, decision.Clause, decision.Purposes, decision.Reason, decision.Retention);
        if (decision.DueAfter is { } after) wire.Due = Ages.Due(published, after).ToTimestamp();
        return wire;
    }

    /// <param name="form">In which the relay has the record.</param>
    /// <param name="decision">Whether it may be passed on.</param>
    public static ExplainedForm Form(ReleaseForm form, OnwardDecision decision)
    {
        var wire = Form(form, decision.IsAllowed, decision.Clause, decision.Purposes, decision.Reason, decision.Retention);
        if (!decision.IsAllowed) return wire;
        wire.HopsMax = decision.HopsMax;
        wire.Audience = decision.Audience switch { OnwardAudience.Named => "named partners", OnwardAudience.SameTier => "parties of the same tier", OnwardAudience.Public => "anyone", _ => "nobody" };
        return wire;
    }

    public static RecordGiving Giving(ReleasedTo giving) => new()
    {
        Given = giving.At.ToTimestamp(),
        Profile = giving.Form.Profile?.Value ?? "",
        AgreementId = giving.Agreement.Value.ToWire(),
        ManifestId = giving.Manifest.ToWire(),
    };

    private static ExplainedForm Form(ReleaseForm form, bool isReleased, ClauseId? clause, Purposes purposes, WithholdReason reason, TimeSpan? retention)
    {
        var wire = new ExplainedForm
        {
            Profile = form.Profile?.Value ?? "",
            Outcome = !isReleased ? DecisionOutcome.Withheld : form.IsFull ? DecisionOutcome.Released : DecisionOutcome.Degraded,
            Clause = clause?.Value ?? "",
            Reason = isReleased ? "" : reason.ToString(),
            Retention = retention is { } time ? Duration.FromTimeSpan(time) : null,
        };
        wire.Purposes.AddRange(PurposeWords.Where(word => purposes.HasFlag(word.Purpose)).Select(word => word.Word));
        return wire;
    }
}
