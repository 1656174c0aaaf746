namespace SsaShare.Orbits;

/// <summary>Why an expected number of collisions was not found.</summary>
public enum CollisionsFailure
{
    /// <summary>One object is on no ellipse about the Earth.</summary>
    NotElliptic = 1,
    /// <summary>The search for where both distributions overlap most did not settle: the errors are too large for a linear picture anywhere.</summary>
    NoOverlap = 2,
    /// <summary>No time stands out at which the objects are most likely to touch: they stay together, or do not meet in this revolution.</summary>
    NoPeak = 3,
    /// <summary>The bodies are more than 110 times (round error) to 195 times (flat error) as large as the smallest sigma: too sharp an edge for the points on the sphere. Straight lines or trials answer.</summary>
    TooSharp = 4,
}

/// <summary>How many collisions an encounter is expected to have. For a single passage that is the probability of collision; for objects that stay close it is an upper bound.</summary>
public abstract record ExpectedCollisions
{
    private ExpectedCollisions() { }

    /// <param name="Number">0 or more, at most about 1 for a single passage.</param>
    /// <param name="PeakSeconds">When the rate is highest, from the pair's epoch.</param>
    /// <param name="FromSeconds">Start of the time in which the rate counts: until 5.3 sigma from the peak, or, where the rate itself is followed, until it has fallen to 1e-10 of its peak or the passage ends.</param>
    /// <param name="ToSeconds">Its end.</param>
    public sealed record Found(double Number, double PeakSeconds, double FromSeconds, double ToSeconds) : ExpectedCollisions
    {
        /// <summary>The number where it is one of a probability.</summary>
        public double Probability => Math.Min(1, Number);

        /// <summary>How much the last halving of the time step still changed the number, relative; 0 where the time integral is known.</summary>
        public double LastChange { get; init; }
    }

    public sealed record Failed(CollisionsFailure Reason) : ExpectedCollisions;
}
