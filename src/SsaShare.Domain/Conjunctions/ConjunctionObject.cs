namespace SsaShare.Domain;

/// <summary>One of the two objects of a conjunction message.</summary>
/// <param name="Designator">In the catalogue that is named.</param>
/// <param name="Catalog">For example "SATCAT".</param>
/// <param name="Name">For people.</param>
/// <param name="InternationalDesignator">For example "1997-030E", or "UNKNOWN".</param>
/// <param name="State">At closest approach.</param>
/// <param name="Covariance">Of the state, in the object's own axes.</param>
/// <param name="Ephemeris">Which one was used, or "NONE".</param>
/// <param name="CovarianceMethod">CALCULATED or DEFAULT.</param>
/// <param name="Maneuverable">YES, NO or N/A.</param>
/// <param name="Remarks">Further keywords whose value is a word or a text, as the message has them: object type, operator, models and their likes.</param>
/// <param name="Determination">How its orbit was determined; null when nothing of that is stated.</param>
/// <param name="Body">What it is like; null when nothing of that is stated.</param>
/// <param name="Comments">In order.</param>
public sealed record ConjunctionObject(string Designator, string Catalog, string Name, string InternationalDesignator, CartesianState State, RtnCovariance Covariance,
    string Ephemeris, string CovarianceMethod, string Maneuverable, IReadOnlyList<KeyValuePair<string, string>> Remarks,
    ConjunctionDetermination? Determination, ConjunctionBody? Body, IReadOnlyList<string> Comments);

/// <summary>How an object's orbit was determined; what is not stated is null.</summary>
/// <param name="FirstObservation">Start of the interval that holds the last accepted observation.</param>
/// <param name="LastObservation">Its end.</param>
/// <param name="RecommendedSpanS">How long a span of observations was recommended, s.</param>
/// <param name="ActualSpanS">How long the one used was, s.</param>
/// <param name="ObservationsAvailable">Count.</param>
/// <param name="ObservationsUsed">Count.</param>
/// <param name="TracksAvailable">Count.</param>
/// <param name="TracksUsed">Count.</param>
/// <param name="ResidualsAcceptedPercent">0 to 100.</param>
/// <param name="WeightedRms">Of the residuals, dimensionless.</param>
public sealed record ConjunctionDetermination(Epoch? FirstObservation, Epoch? LastObservation, double? RecommendedSpanS, double? ActualSpanS, int? ObservationsAvailable, int? ObservationsUsed,
    int? TracksAvailable, int? TracksUsed, double? ResidualsAcceptedPercent, double? WeightedRms);

/// <summary>What an object is like; what is not stated is null.</summary>
/// <param name="AreaM2">Its actual area.</param>
/// <param name="MassKg">Its mass.</param>
/// <param name="DragAreaOverMassM2PerKg">Drag coefficient times area over mass.</param>
/// <param name="RadiationAreaOverMassM2PerKg">Radiation pressure coefficient times area over mass.</param>
/// <param name="ThrustAccelerationKmPerS2">Along its track.</param>
/// <param name="EnergyDissipationWPerKg">The specific energy dissipation rate.</param>
public sealed record ConjunctionBody(double? AreaM2, double? MassKg, double? DragAreaOverMassM2PerKg, double? RadiationAreaOverMassM2PerKg, double? ThrustAccelerationKmPerS2, double? EnergyDissipationWPerKg)
{
    /// <summary>The area that drag acts on.</summary>
    public double? DragAreaM2 { get; init; }

    /// <summary>The area that radiation pressure acts on.</summary>
    public double? RadiationAreaM2 { get; init; }
}
