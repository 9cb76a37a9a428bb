package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retrieves frames, each a part of its own (PS3.18 10.4.1.1.6). */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class FrameController {
  private final StoredInstances instances;
  private final FrameLayouts layouts;

  FrameController(StoredInstances instances, FrameLayouts layouts) {
    this.instances = instances;
    this.layouts = layouts;
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}")
  void frames(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String frames,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<Integer> numbers = FrameList.parse(frames);
    InstanceObject object = instances.one(scope, study, series, instance);
    ByteSource bytes = instances.open(object, RequestLog.of(request));
    PixelFrames pixels = pixels(object, bytes);
    requireThere(numbers, pixels.count());
    FrameNegotiation.Plan plan =
        FrameNegotiation.plan(AcceptHeader.of(request), pixels.transferSyntax(), numbers.size());
    List<Part> parts = numbers.stream().map(number -> part(plan, number, pixels, bytes)).toList();
    if (plan.multipart()) {
      Responses.send(request, response, new MultipartBody(plan.mediaType(), parts));
    } else {
      Part only = parts.getFirst();
      Responses.send(request, response, only.contentType(), only.length(), only.body());
    }
  }

  private static Part part(
      FrameNegotiation.Plan plan, int number, PixelFrames pixels, ByteSource bytes) {
    return new Part(
        plan.contentType(),
        OptionalLong.of(pixels.length(number)),
        out -> pixels.copy(bytes, number, out));
  }

  private PixelFrames pixels(InstanceObject object, ByteSource bytes) throws IOException {
    try {
      return layouts.of(object, bytes);
    } catch (NoPixelDataException | DicomFormatException e) {
      throw new NotFoundException(
          "Instance " + object.sop() + " has no pixel data that can be read.");
    }
  }

  private static void requireThere(List<Integer> numbers, int count) {
    for (int number : numbers) {
      if (number > count) {
        throw new NotFoundException(
            "There is no frame " + number + "; the instance has " + count + ".");
      }
    }
  }
}
