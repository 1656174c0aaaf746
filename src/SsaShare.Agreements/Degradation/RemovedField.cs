namespace SsaShare.Agreements;

/// <summary>A field that a degradation profile takes out of a record.</summary>
public enum RemovedField
{
    /// <summary>How the originator tagged the object. An orbit or a track still shows people with a catalog which object it is.</summary>
    ObjectTag = 1,
    /// <summary>The range rate of an observation.</summary>
    RangeRate = 2,
}
