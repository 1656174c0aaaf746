using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers calls of methods that nobody has with Unimplemented. Requests that are no calls pass by.</summary>
internal static class UnknownCalls
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RoutePattern pattern = RoutePatternFactory.Parse(
            "/{service}/{method}", defaults: null, parameterPolicies: new { method = new CallConstraint() });
        routes.Map(pattern, AnswerAsync).Add(builder =>
        {
            builder.DisplayName = "gRPC - unknown method";
            builder.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            ((RouteEndpointBuilder)builder).Order = int.MaxValue;
        });
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (CallAdmission.TryAdmit(http))
        {
            http.Response.ContentType = GrpcProtocol.ContentType;
            http.Response.Headers[GrpcProtocol.StatusHeader] = StatusText.Encode(StatusCode.Unimplemented);
            http.Response.Headers[GrpcProtocol.MessageHeader] = "There is no such method.";
        }

        return Task.CompletedTask;
    }

    private sealed class CallConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
            => GrpcProtocol.IsGrpcContentType(httpContext?.Request.ContentType);
    }
}
