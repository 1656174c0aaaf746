namespace SsaShare.Formats;

/// <summary>The quantities measured at one epoch, in km, rad and km/s; only those in <see cref="Has"/> mean anything.</summary>
internal struct TdmMeasurement
{
    private double _rangeKm, _azimuthRad, _elevationRad, _rangeRateKmPerS;

    public TdmQuantity Has { get; private set; }

    public readonly double? RangeKm => Get(TdmQuantity.Range);
    public readonly double? AzimuthRad => Get(TdmQuantity.Angle1);
    public readonly double? ElevationRad => Get(TdmQuantity.Angle2);
    public readonly double? RangeRateKmPerS => Get(TdmQuantity.RangeRate);

    /// <returns>Null where the quantity was not measured.</returns>
    public readonly double? Get(TdmQuantity quantity) => (Has & quantity) == 0 ? null : quantity switch
    {
        TdmQuantity.Range => _rangeKm,
        TdmQuantity.Angle1 => _azimuthRad,
        TdmQuantity.Angle2 => _elevationRad,
        _ => _rangeRateKmPerS,
    };

    public void Set(TdmQuantity quantity, double value)
    {
        Has |= quantity;
        if (quantity == TdmQuantity.Range) _rangeKm = value;
        else if (quantity == TdmQuantity.Angle1) _azimuthRad = value;
        else if (quantity == TdmQuantity.Angle2) _elevationRad = value;
        else _rangeRateKmPerS = value;
    }

    /// <summary>Whether every quantity that both have is the same in both.</summary>
    public readonly bool AgreesWith(in TdmMeasurement other)
    {
        var both = Has & other.Has;
        return ((both & TdmQuantity.Range) == 0 || _rangeKm == other._rangeKm)
            && ((both & TdmQuantity.Angle1) == 0 || _azimuthRad == other._azimuthRad)
            && ((both & TdmQuantity.Angle2) == 0 || _elevationRad == other._elevationRad)
            && ((both & TdmQuantity.RangeRate) == 0 || _rangeRateKmPerS == other._rangeRateKmPerS);
    }

    /// <summary>Takes over what the other has.</summary>
    public void Add(in TdmMeasurement other)
    {
        foreach (var quantity in (ReadOnlySpan<TdmQuantity>)[TdmQuantity.Range, TdmQuantity.Angle1, TdmQuantity.Angle2, TdmQuantity.RangeRate])
            if (other.Get(quantity) is { } value) Set(quantity, value);
    }
}
