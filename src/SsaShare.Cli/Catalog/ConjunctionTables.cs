using System.Globalization;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Close approaches for people: metres and kilometres, UTC.</summary>
internal static class ConjunctionTables
{
    public static string Status(GetScreeningStatusResponse status)
        => status.CurrentAsOf is null ? "The service has not screened since its start; the answer is empty until it has."
            : $"{Count(status.OrbitCount)} orbits that you may see were screened from {Time(status.Start)} to {Time(status.End)} within {F(status.ThresholdKm, "0.###")} km, with all that had arrived by {Time(status.CurrentAsOf)}."
                + (status.UnscreenedOrbitCount > 0 ? $" {Count(status.UnscreenedOrbitCount)} could not be screened over all of it{(status.OutdatedOrbitCount > 0 ? $", {Count(status.OutdatedOrbitCount)} of them for their epoch" : "")}." : "");

    public static Table Of(IEnumerable<Conjunction> conjunctions)
    {
        var table = New("closest (UTC)", "first", "second", "miss", "speed km/s", "probability", "by", "notes", "id");
        foreach (var one in conjunctions)
        {
            var said = one.Assessment;
            table.AddRow(Time(said.TimeOfClosestApproach), Orbit(one.First), Orbit(one.Second), Distance(said.MissDistanceKm), F(said.RelativeSpeedKmPerS, "0.000"), Probability(said),
                said.CollisionProbabilityMethod.EscapeMarkup(), string.Join(", ", Notes(one)).EscapeMarkup(), one.ConjunctionId[..12]);
        }
        return table;
    }

    public static void Write(GetConjunctionResponse answer)
    {
        var one = answer.Conjunction;
        var said = one.Assessment;
        AnsiConsole.MarkupLineInterpolated($"[bold]conjunction {one.ConjunctionId}[/]");
        AnsiConsole.WriteLine($"""
            closest      {Time(said.TimeOfClosestApproach)} UTC, {Distance(said.MissDistanceKm)} apart at {F(said.RelativeSpeedKmPerS, "0.000000")} km/s
            probability  {Probability(said)}{(said.HasCollisionProbability ? $" by {said.CollisionProbabilityMethod}" : "")}{(said.HasMaximumProbability ? $", at most {F(said.MaximumProbability, "0.00e+00")} whatever the size of the uncertainty" : "")}
            why          {said.Reason}
            radius       {F(said.HardBodyRadiusKm * 1e3, "0.##")} m for both together{(said.IsRadiusAssumed ? ", assumed" : "")}
            """);
        if (said.HasMahalanobisDistance) AnsiConsole.WriteLine($"distance     {F(said.MahalanobisDistance, "0.00")} sigma in the plane of the encounter");
        foreach (string note in Notes(one)) AnsiConsole.WriteLine($"note         {note}");
        var orbits = New("object", "orbit", "as of (UTC)", "radial", "transverse", "normal", "uncertainty", "from", "records");
        foreach (var (orbit, sigma) in new[] { (one.First, said.FirstSigma), (one.Second, said.SecondSigma) })
            orbits.AddRow(orbit.Object.EscapeMarkup(), Kind(orbit), Time(orbit.AsOf), sigma is null ? "-" : Distance(sigma.RadialKm), sigma is null ? "-" : Distance(sigma.TransverseKm), sigma is null ? "-" : Distance(sigma.NormalKm),
                sigma is null ? "not known" : sigma.IsAssumed ? "assumed" : "stated", string.Join(", ", orbit.Contributions.Select(part => part.PartnerId)).EscapeMarkup(),
                string.Join(", ", orbit.Contributions.Select(part => part.RecordIds.Count == 0 ? $"{Count(part.RecordCount)} observations" : string.Join(' ', part.RecordIds.Select(id => Convert.ToHexStringLower(id.Span[..6]))))));
        AnsiConsole.Write(orbits);
        var history = New("since (UTC)", "closest (UTC)", "miss", "probability", "uncertainty");
        foreach (var entry in answer.History)
            history.AddRow(Time(entry.Since), Time(entry.TimeOfClosestApproach), Distance(entry.MissDistanceKm), Probability(entry), Uncertainty(entry));
        AnsiConsole.Write(history);
    }

    private static IEnumerable<string> Notes(Conjunction one)
    {
        if (one.IsPast) yield return "no longer by the newest orbits";
        if (one.IsSameOrbit) yield return "one orbit under two names?";
        if (one.Assessment.IsCoMoving) yield return one.StayCount > 1 ? $"moves together, {Count(one.StayCount)} stays" : "moves together";
        if (one.Assessment.IsAtEdge) yield return "at the edge of what is known";
        if (one.Assessment.IsStale) yield return "old elements";
        foreach (var maneuver in one.AnnouncedManeuvers) yield return $"a manoeuvre of {maneuver.Object} is announced by {maneuver.PartnerId} from {Time(maneuver.Start)}";
    }

    private static string Orbit(ConjunctionOrbit orbit) => $"{orbit.Object} ({string.Join('+', orbit.Contributions.Select(part => part.PartnerId))} {Kind(orbit)})".EscapeMarkup();

    private static string Kind(ConjunctionOrbit orbit) => (orbit.Kind switch
    {
        ConjunctionOrbitKind.ElementSet => "elements",
        ConjunctionOrbitKind.OrbitState => "state",
        ConjunctionOrbitKind.Ephemeris => "ephemeris",
        ConjunctionOrbitKind.Fused => "fused",
        _ => "?",
    }) + (orbit.IsPlanned ? " with plan" : "");

    private static string Probability(ConjunctionAssessment said) => said.HasCollisionProbability ? F(said.CollisionProbability, "0.00e+00") : "-";

    /// <summary>One sigma of both positions together.</summary>
    private static string Uncertainty(ConjunctionAssessment said)
        => said is not { FirstSigma: { } a, SecondSigma: { } b } ? "-"
            : Distance(Math.Sqrt(new[] { a.RadialKm, a.TransverseKm, a.NormalKm, b.RadialKm, b.TransverseKm, b.NormalKm }.Sum(sigma => sigma * sigma)));

    private static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        return table;
    }

    private static string Distance(double km) => km < 10 ? $"{F(km * 1e3, "0")} m" : $"{F(km, "0.0")} km";
    private static string Time(Protocol.Common.V1.Epoch? wire) => SpaceMapper.TryRead(wire, out var epoch) ? Utc.Format(new Epoch(epoch.NanosecondsSinceJ2000 / 1_000_000 * 1_000_000)) : "?";
    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
    private static string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
