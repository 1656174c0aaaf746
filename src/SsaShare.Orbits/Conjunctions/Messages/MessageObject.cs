using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a message states of one object, in figures that its writing keeps to the last bit.</summary>
internal static class MessageObject
{
    /// <summary>A micrometre, and a nanometre a second: far below what any orbit is good for.</summary>
    private const int PositionDecimals = 9, VelocityDecimals = 12;

    /// <summary>Over more than that, the carrying of a covariance is told.</summary>
    private const double CarriedFarS = 3_600;

    private const double Km2PerM2 = 1e-6, RoundingShare = 1e-13;

    /// <param name="state">GCRF, rounded as a message states it.</param>
    /// <param name="axes">Of the state.</param>
    public static ConjunctionObject Of(EncounterObject one, CartesianState state, LocalOrbitFrame axes, UncertaintyAt uncertainty)
        => new(Designator(one), MessageText.Clean(one.Catalog, "UNKNOWN"), MessageText.Clean(one.Name, "UNKNOWN"), MessageText.Clean(one.InternationalDesignator, "UNKNOWN"), state,
            Covariance(axes, uncertainty.Covariance), MessageText.Clean(one.EphemerisName, "NONE"), uncertainty.Origin == CovarianceOrigin.Calculated ? "CALCULATED" : "DEFAULT",
            one.IsManeuverable switch { true => "YES", false => "NO", null => "N/A" }, [.. Remarks(one)], Stated(one.Determination), Stated(one.Body), [.. Comments(one, state.Epoch, axes, uncertainty).SelectMany(MessageText.Lines)]);

    public static string Designator(EncounterObject one) => MessageText.Clean(one.Designator, one.Id.ToString("00000", System.Globalization.CultureInfo.InvariantCulture));

    public static CartesianState Rounded(CartesianState state) => new(state.Epoch, state.Frame, Rounded(state.PositionKm, PositionDecimals), Rounded(state.VelocityKmPerS, VelocityDecimals));

    public static Vector3d Rounded(Vector3d vector, int decimals) => new(Math.Round(vector.X, decimals), Math.Round(vector.Y, decimals), Math.Round(vector.Z, decimals));

    /// <summary>A figure in km or km/s that is a whole number of decimals in m or m/s, and comes back from there the same.</summary>
    public static double OfMetres(double km, int decimals) => Math.Round(km * 1e3, decimals) * 1e-3;

    public static Vector3d OfMetres(Vector3d km, int decimals) => new(OfMetres(km.X, decimals), OfMetres(km.Y, decimals), OfMetres(km.Z, decimals));

    /// <summary>To 13 digits, less than what tells a sound covariance from an unsound one; what turning leaves of a zero is one again.</summary>
    private static RtnCovariance Covariance(LocalOrbitFrame axes, Covariance6 covariance)
    {
        var turned = axes.ToLocal(covariance);
        var lower = new List<double>(21);
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double value = turned[row, column], size = Math.Sqrt(turned[row, row] * turned[column, column]);
            // Messages have m²: a figure of few digits there comes back the same.
            lower.Add(Math.Abs(value) <= RoundingShare * size ? 0 : MessageText.Digits(value / Km2PerM2, 13) * Km2PerM2);
        }
        return new RtnCovariance(lower.ToArray());
    }

    private static IEnumerable<KeyValuePair<string, string>> Remarks(EncounterObject one)
    {
        if (one.ObjectType is "PAYLOAD" or "ROCKET BODY" or "UPPER STAGE" or "DEBRIS" or "UNKNOWN" or "OTHER") yield return KeyValuePair.Create("OBJECT_TYPE", one.ObjectType);
        if (MessageText.Clean(one.Operator, "") is { Length: > 0 } who) yield return KeyValuePair.Create("OPERATOR_ORGANIZATION", who);
        yield return KeyValuePair.Create("ORBIT_CENTER", "EARTH");
    }

    private static IEnumerable<string> Comments(EncounterObject one, Epoch epoch, LocalOrbitFrame axes, UncertaintyAt uncertainty)
    {
        foreach (string comment in one.Comments) yield return comment;
        if (one.Motion is ElementSetMotion elements)
            yield return $"State by SGP4 from mean elements of {Utc.Format(MessageText.Rounded(elements.Elements.Epoch, 1_000))}, turned from TEME to GCRF";
        if (uncertainty.Origin == CovarianceOrigin.Default) yield return "Covariance assumed from the kind of orbit and the age of its data, not determined: ranks approaches, decides nothing";
        if (uncertainty.CarriedFrom is { } from && Math.Abs(epoch.SecondsSince(from)) is > CarriedFarS and var far)
            yield return $"Covariance carried over {MessageText.Number(far / 3_600, "F1")} h from {Utc.Format(MessageText.Rounded(from, 1_000))}, without process noise: it may be too small";
        if (uncertainty.Density is not { } density) yield break;
        Vector3d position = axes.FromInertial * density.PositionKm * 1e3, velocity = axes.FromInertial * density.VelocityKmPerS * 1e3;
        yield return $"DCP Density Forecast Uncertainty = {MessageText.Number(density.Sigma, "R")}";
        yield return $"DCP Sensitivity Vector RTN Pos = {Words(position)} [m]";
        yield return $"DCP Sensitivity Vector RTN Vel = {Words(velocity)} [m/sec]";
    }

    private static string Words(Vector3d vector) => $"{MessageText.Number(vector.X, "R")} {MessageText.Number(vector.Y, "R")} {MessageText.Number(vector.Z, "R")}";

    private static ConjunctionDetermination? Stated(ConjunctionDetermination? one) => one == new ConjunctionDetermination(null, null, null, null, null, null, null, null, null, null) ? null : one;

    private static ConjunctionBody? Stated(ConjunctionBody? one) => one == new ConjunctionBody(null, null, null, null, null, null) ? null : one;
}
