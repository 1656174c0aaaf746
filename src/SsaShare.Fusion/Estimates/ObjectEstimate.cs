using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>One partner's part in an estimate.</summary>
/// <param name="Partner">Originator of the contributions.</param>
/// <param name="ObservationsUsed">Of this partner, in the estimate.</param>
/// <param name="ObservationsRejected">Of this partner, left out for their residuals.</param>
/// <param name="Weight">
/// Share of the information on orbit and surface coefficients, 0 to 1: trace of the partner's information times the covariance,
/// over the number of parameters. The weights of all partners and <see cref="ObjectEstimate.PriorWeight"/> add up to 1.
/// </param>
/// <param name="AlonePositionSigmaKm">Position sigma of the orbit from this partner's visible contributions alone, at the same epoch; null when they give none.</param>
public sealed record PartnerContribution(PartnerId Partner, int ObservationsUsed, int ObservationsRejected, double Weight, double? AlonePositionSigmaKm);

/// <summary>An observation that was left out of an estimate.</summary>
/// <param name="Record">The record that carries it.</param>
/// <param name="Originator">Whose.</param>
/// <param name="Sensor">By which sensor.</param>
/// <param name="Epoch">When.</param>
/// <param name="Kind">The measurement with the largest normalised residual.</param>
/// <param name="Residual">Its residual: km, rad, rad, km/s.</param>
/// <param name="NormalisedResidual">The same over the sensor's noise.</param>
public sealed record RejectedObservation(RecordId Record, PartnerId Originator, SensorId Sensor, Epoch Epoch, MeasurementKind Kind, double Residual, double NormalisedResidual);

/// <summary>What a reader is told of an object: composed from nothing but the contributions that this reader may see.</summary>
/// <param name="Id">Whose orbit.</param>
/// <param name="Mode">Always REAL: other data does not enter.</param>
/// <param name="Fit">State, covariance, biases, residual statistics by sensor.</param>
/// <param name="Elements">Osculating, of the state; GCRF axes.</param>
/// <param name="Regime">By those elements.</param>
/// <param name="Contributions">By partner, in order of their names.</param>
/// <param name="PriorWeight">Share of what was assumed beforehand of the surface coefficients.</param>
/// <param name="Rejected">Observations left out, in order of time.</param>
/// <param name="Tags">Object tags in the contributions and how many carry each; a hint for people.</param>
public sealed record ObjectEstimate(
    ObjectId Id,
    DataMode Mode,
    OrbitFit Fit,
    KeplerianElements Elements,
    OrbitalRegime Regime,
    IReadOnlyList<PartnerContribution> Contributions,
    double PriorWeight,
    IReadOnlyList<RejectedObservation> Rejected,
    IReadOnlyDictionary<string, int> Tags)
{
    /// <summary>The partner whose contributions alone give the smallest position sigma; null when no single partner's give an orbit.</summary>
    public PartnerContribution? BestAlone => Contributions.Where(c => c.AlonePositionSigmaKm is not null).MinBy(c => c.AlonePositionSigmaKm);
}

/// <summary>The answer to a reader who asks for an object.</summary>
public abstract record Composition
{
    private Composition() { }

    public sealed record Estimated(ObjectEstimate Estimate) : Composition;

    /// <summary>What the reader may see does not determine an orbit.</summary>
    /// <param name="VisibleObservations">How many the reader may see; at least one.</param>
    /// <param name="Reason">Why they give no orbit.</param>
    /// <param name="Detail">For people.</param>
    public sealed record NotDetermined(int VisibleObservations, OrbitFitFailure Reason, string Detail) : Composition;

    /// <summary>No such object, or nothing of it that the reader may see: the two are one answer.</summary>
    public sealed record Unknown : Composition
    {
        public static Unknown Instance { get; } = new();
    }
}
