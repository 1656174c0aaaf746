using System.Globalization;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli;

/// <summary>Why a record goes or does not go to a reader, for people.</summary>
internal static class ExplanationText
{
    public static IEnumerable<string> Lines(ExplainDecisionRequest request, ExplainDecisionResponse answer)
    {
        var record = answer.Record;
        yield return $"record {Convert.ToHexStringLower(record.RecordId.Span)}";
        yield return $"  {DecisionWords.Class(record.RecordClass)} of {record.OriginatorId}, sensor {Plain(record.SensorId)}, object {Plain(record.ObjectTag)}, regime {Plain(record.Regime)}, epoch {Epoch(record.Epoch)}";
        for (int i = 0; i < answer.Ways.Count; i++) yield return $"  way {i + 1}: {Way(answer.Ways[i])}";
        foreach (var agreement in answer.Agreements)
        {
            yield return "";
            foreach (string line in Lines(request.ReaderId, agreement, answer.Ways.Count)) yield return line;
        }
        yield return "";
        if (answer.Givings.Count == 0) yield return $"{request.ReaderId} was never given it by this node";
        foreach (var giving in answer.Givings)
            yield return $"given to {request.ReaderId} at {DecisionWords.Time(giving.Given)} {Form(giving.Profile)}, under agreement {DecisionWords.Short(giving.AgreementId)}, in manifest {DecisionWords.Short(giving.ManifestId)}";
        foreach (string note in answer.Notes) yield return $"note: {AgreementText.Plain(note)}";
    }

    private static IEnumerable<string> Lines(string reader, ExplainedAgreement agreement, int ways)
    {
        yield return $"agreement {DecisionWords.Short(agreement.AgreementId)}  {AgreementText.Plain(agreement.Title)}, {agreement.State}";
        yield return $"  {Question(agreement.Question, reader)}{(ways > 1 ? $" (way {agreement.Way + 1})" : "")}";
        foreach (string line in Columns.Lines("    ", [], [.. agreement.Forms.Select(form => new[] { Form(form.Profile), Decision(form) })])) yield return line;
        foreach (var clause in agreement.Clauses)
        {
            yield return $"  {clause.Kind} {clause.Clause} ({(clause.Profile.Length == 0 ? "" : $"{Form(clause.Profile)} ")}for {string.Join(", ", clause.Purposes)}): {Effect(clause.Effect)}";
            string[][] rows = [.. clause.Selectors.Select(selector => new[] { selector.Name, DecisionWords.Snake(selector.Verdict.ToString()), $"wants {Plain(selector.Wanted)}", $"has {Plain(selector.Found)}" })];
            foreach (string line in Columns.Lines("    ", [], rows)) yield return line;
        }
    }

    private static string Question(DecisionQuestion question, string reader) => question switch
    {
        DecisionQuestion.Release => $"may this node release it to {reader}?",
        DecisionQuestion.Onward => $"may this node pass it on to {reader}?",
        DecisionQuestion.Derived => $"may products derived from it be shown to {reader}?",
        _ => "a question unknown to this version",
    };

    private static string Effect(ClauseEffect effect) => effect switch
    {
        ClauseEffect.None => "does not apply",
        ClauseEffect.Grants => "grants it",
        ClauseEffect.GrantsLater => "will grant it when it is older",
        ClauseEffect.HoldsBack => "holds it back",
        ClauseEffect.CouldHoldBack => "holds it back, since what is not known of it could be so",
        _ => "an effect unknown to this version",
    };

    private static string Decision(ExplainedForm form)
    {
        if (form.Outcome == DecisionOutcome.Withheld)
            return $"withheld: {form.Reason}{By(form.Clause)}{(form.Due is null ? "" : $", due {DecisionWords.Time(form.Due)}")}";
        string retention = form.Retention is null ? "" : $", to be deleted after {form.Retention.ToTimeSpan():c}";
        string onward = form.HopsMax == 0 ? "" : $", {form.HopsMax.ToString(CultureInfo.InvariantCulture)} hops at most to {Plain(form.Audience)}";
        return $"{DecisionWords.Outcome(form.Outcome, form.Profile)}{By(form.Clause)} for {string.Join(", ", form.Purposes)}{retention}{onward}";
    }

    private static string Way(ExplainedWay way)
    {
        string label = LabelCodec.TryRead(way.Label) is { } read
            ? $"{DecisionWords.Snake(read.Level.ToString())}, {read.Mode.ToString().ToUpperInvariant()}{(read.ReleasableTo is null ? "" : $", releasable to {string.Join(' ', read.ReleasableTo)}")}{(read.OriginatorControlled ? ", originator controlled" : "")}"
            : "a label that this version does not know";
        string from = way.ProviderId.Length == 0 ? "published here" : $"received from {way.ProviderId} under agreement {DecisionWords.Short(way.AgreementId)} {Form(way.Profile)}";
        return $"{from}, published {DecisionWords.Time(way.Published)} as record {way.Index.ToString(CultureInfo.InvariantCulture)} of publication {DecisionWords.Short(way.PublicationId)}; {label}";
    }

    private static string Form(string profile) => profile.Length == 0 ? "as published" : $"degraded to {profile}";
    private static string By(string clause) => clause.Length == 0 ? "" : $" by {clause}";
    private static string Plain(string text) => text.Length == 0 ? "-" : AgreementText.Plain(text);
    private static string Epoch(V1.Epoch wire) => SpaceMapper.TryRead(wire, out var epoch) ? Utc.Format(epoch) : "unknown";
}
