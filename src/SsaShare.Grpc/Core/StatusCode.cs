namespace Grpc.Core;

/// <summary>The outcome of a call, with the numbers of the gRPC status code registry.</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>Not known; also what an unexpected exception of a handler becomes.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the outcome was known.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist (or the caller may not learn that it does).</summary>
    NotFound = 5,

    /// <summary>What was to be created exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size limit or the space is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs; repeating alone does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change got in the way; repeat the whole transaction.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server does not have this method.</summary>
    Unimplemented = 12,

    /// <summary>An invariant is broken.</summary>
    Internal = 13,

    /// <summary>Not reachable now; repeating may help.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
