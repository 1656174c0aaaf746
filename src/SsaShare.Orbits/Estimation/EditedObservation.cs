using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>Why an observation, or one of its measurements, took no part in a fit.</summary>
public enum EditReason
{
    /// <summary>One of its residuals is too large; the whole observation is left out.</summary>
    Residual = 0,
    /// <summary>The sensor states no noise for this kind of measurement: it cannot be weighted.</summary>
    NoSigma = 1,
    /// <summary>The measured elevation is negative; the whole observation is left out.</summary>
    BelowHorizon = 2,
    /// <summary>The observer's own position is not known at its instant; the whole observation is left out.</summary>
    ObserverUnknown = 3,
    /// <summary>This measurement is no finite number.</summary>
    NotANumber = 4,
    /// <summary>The observer has no horizon, hence no azimuth and elevation.</summary>
    NoHorizon = 5,
}

/// <summary>An observation, or one measurement of it, that took no part in a fit.</summary>
/// <param name="ObservationIndex">Position in the list that was fitted.</param>
/// <param name="Kind">Which measurement is to blame; null where it is none in particular.</param>
/// <param name="Reason">Why.</param>
/// <param name="Sigmas">The residual over its noise; NaN where the reason is another.</param>
public readonly record struct EditedObservation(int ObservationIndex, MeasurementKind? Kind, EditReason Reason, double Sigmas = double.NaN)
{
    /// <summary>For people, in English: "range residual -7.3 sigma".</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            null => "observation",
            MeasurementKind.RangeRate => "range rate",
            MeasurementKind.RightAscension => "right ascension",
            { } other => other.ToString().ToLowerInvariant(),
        };
        return Reason switch
        {
            EditReason.Residual => string.Create(CultureInfo.InvariantCulture, $"{kind} residual {Sigmas:F1} sigma"),
            EditReason.NoSigma => $"no sigma for {kind}",
            EditReason.BelowHorizon => "below the horizon",
            EditReason.ObserverUnknown => "observer's position not known",
            EditReason.NoHorizon => $"no horizon for {kind}",
            _ => $"{kind} is no finite number",
        };
    }
}
