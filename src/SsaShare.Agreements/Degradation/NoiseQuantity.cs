namespace SsaShare.Agreements;

/// <summary>A component of a record that gets noise of its own. The numbers enter the noise and are never reused.</summary>
public enum NoiseQuantity
{
    Range = 1,
    RangeRate = 2,
    /// <summary>Along the horizon.</summary>
    CrossElevation = 3,
    Elevation = 4,
    PositionX = 5,
    PositionY = 6,
    PositionZ = 7,
    VelocityX = 8,
    VelocityY = 9,
    VelocityZ = 10,
    Epoch = 11,
}
